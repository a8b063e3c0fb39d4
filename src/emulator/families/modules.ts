import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, errorReply, integer, OK } from '../../wire/resp-reply.ts';
import type { Call, Command, Family } from '../command.ts';
import { argument, runnable } from '../command.ts';
import { folderPath } from '../folder-path.ts';
import { container } from '../subcommand.ts';

/** Name of the module that the known tools bring, and the commands they then use. */
const BROUGHT = 'system';
const BROUGHT_COMMANDS = ['system.exec', 'system.rev'];

const brought = (name: string): Command =>
  // The output of a shell command that printed nothing.
  runnable({ name, arity: -1, flags: ['readonly'], keys: [1, 1, 1], categories: [] }, () => bulk(''));
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
  for (const name of BROUGHT_COMMANDS) world.commands.set(name, brought(name));
  return OK;
}

function unload(call: Call): ByteString {
  const { world } = call;
  if (!world.modules.delete(argument(call, 2))) {
    return errorReply('ERR Error unloading module: no such module with that name');
  }
  for (const name of BROUGHT_COMMANDS) world.commands.delete(name);
  return OK;
}

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
};
