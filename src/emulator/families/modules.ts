import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, bulks, errorReply, integer, map, OK } from '../../wire/resp-reply.ts';
import type { Call, Family, Handler } from '../command.ts';
import { argument } from '../command.ts';
import { folderPath } from '../folder-path.ts';
import { helpReply } from '../help-reply.ts';
import { BROUGHT, moduleCommand } from '../module-commands.ts';
import { container } from '../subcommand.ts';
import { since } from '../version.ts';
import type { LoadedModule, World } from '../world.ts';

const CANNOT_LOAD = 'ERR Error loading the extension. Please check the server logs.';
const MOST_MODULES = 16;
const MOST_ARGUMENTS = 64;

/**
 * A real server would run what its master sent. This one pretends that it did, so that the next stage shows: the
 * commands that the captured file names, or those of the known tools, answer from then on. Nothing is loaded, nothing
 * runs. A real server also refuses a file that nobody may execute, as a dump is; here that is left out on purpose.
 */
function load(call: Call, args: readonly ByteString[]): ByteString {
  const { world } = call;
  const given = argument(call, 2);
  const file = world.files.get(folderPath(given, world.config.get('dir') ?? '/'));
  if (file === undefined || world.modules.size >= MOST_MODULES) return errorReply(CANNOT_LOAD);
  const names = (file.names.length > 0 ? file.names : BROUGHT).map((name) => name.toLowerCase());
  const [first = ''] = names;
  const module = first.includes('.') ? first.slice(0, first.indexOf('.')) : first;
  const taken = names.some((name) => world.commands.has(name)) || isThere(world, module);
  if (taken) return errorReply(CANNOT_LOAD);
  world.modules.set(ownedBytes(module), {
    path: ownedBytes(given.slice(0, 4_096)),
    args: args.slice(0, MOST_ARGUMENTS).map((word) => ownedBytes(word.slice(0, 4_096))),
    version: 1,
    commands: names,
  });
  for (const name of names) world.commands.set(name, moduleCommand(name, module, world));
  return OK;
}

/** `[CONFIG name value]... [ARGS ...]`. The modules that come here have no settings of their own: any is refused. */
function loadEx(call: Call): ByteString {
  const word = call.argv[3]?.toLowerCase();
  return word === undefined || word === 'args' ? load(call, call.argv.slice(4)) : errorReply(CANNOT_LOAD);
}

function unload(call: Call): ByteString {
  const { world } = call;
  const name = argument(call, 2).toLowerCase();
  if (builtIn(world).has(name)) return errorReply("ERR Error unloading module: the module can't be unloaded");
  const module = world.modules.get(name);
  if (module === undefined) return errorReply('ERR Error unloading module: no such module with that name');
  world.modules.delete(name);
  for (const command of module.commands) world.commands.delete(command);
  return OK;
}

function list(call: Call): ByteString {
  const { world, client } = call;
  const rows = [...world.modules, ...builtIn(world)].map(([name, { path, args, version }]) => {
    const fields = [bulk('name'), bulk(name), bulk('ver'), integer(version)];
    if (since(call, 7)) fields.push(bulk('path'), bulk(path), bulk('args'), bulks(args));
    return map(fields, client.resp);
  });
  return array(rows);
}

function isThere(world: World, name: string): boolean {
  return world.modules.has(name) || builtIn(world).has(name);
}

/** Modules that the persona's server is built with, as its commands tell. */
function builtIn({ persona }: World): ReadonlyMap<string, LoadedModule> {
  const names = new Set(persona.commands.flatMap(({ module }) => module ?? []));
  return new Map([...names].map((name) => [name, { path: '', args: [], version: 1, commands: [] }]));
}

const help: Handler = (call) => helpReply(call, 'MODULE');

const current = container({
  list: { words: 1, run: list },
  load: { words: -2, run: (call) => load(call, call.argv.slice(3)) },
  loadex: { words: -2, run: loadEx },
  unload: { words: 2, run: unload },
  help: { words: 1, run: help },
});
const before = container({
  list: { words: 1, run: list },
  load: { words: -2, run: (call) => load(call, call.argv.slice(3)) },
  unload: { words: 2, run: unload },
  help: { words: 1, run: help },
});

export const modules: Family = {
  module: (call) => (since(call, 7) ? current(call) : before(call)),
};
