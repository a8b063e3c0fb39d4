import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, errorReply, integer, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument } from '../command.ts';
import { folderPath } from '../folder-path.ts';
import type { PersonaCommand } from '../persona.ts';
import { container } from '../subcommand.ts';

/** Name of the module that the known tools bring, and the commands they then use. */
const BROUGHT = 'system';
const BROUGHT_COMMANDS: readonly PersonaCommand[] = ['system.exec', 'system.rev'].map((name) => ({
  name,
  arity: -1,
  flags: ['readonly'],
  keys: [1, 1, 1],
  categories: [],
}));
const CANNOT_LOAD = 'ERR Error loading the extension. Please check the server logs.';

/**
 * A real server would have fetched the file from the master that it was told to follow. This one fetches nothing: it
 * pretends that the file came, so that the next stage shows. Nothing is loaded and nothing runs.
 */
function load(call: Call): ByteString {
  const { world } = call;
  const path = folderPath(argument(call, 2), world.config.get('dir') ?? '/');
  if (!world.files.has(path) || world.modules.has(BROUGHT)) return errorReply(CANNOT_LOAD);
  world.modules.set(BROUGHT, ownedBytes(path));
  for (const command of BROUGHT_COMMANDS) world.commands.set(command.name, command);
  return OK;
}

function unload(call: Call): ByteString {
  const { world } = call;
  if (!world.modules.delete(argument(call, 2))) {
    return errorReply('ERR Error unloading module: no such module with that name');
  }
  for (const { name } of BROUGHT_COMMANDS) world.commands.delete(name);
  return OK;
}

/** The output of a shell command that printed nothing. */
const silent = (): ByteString => bulk('');

export const modules: Family = {
  module: container({
    list: {
      words: 1,
      run: ({ world }) =>
        array(
          [...world.modules.keys()].map((name) => array([bulk('name'), bulk(name), bulk('ver'), integer(1)])),
        ),
    },
    load: { words: -2, run: load },
    unload: { words: 2, run: unload },
  }),
  'system.exec': silent,
  'system.rev': silent,
};
