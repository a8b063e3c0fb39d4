import type { ByteString } from '../model/bytes.ts';
import { bulk, errorReply } from '../wire/resp-reply.ts';
import { block } from './blocking.ts';
import type { Call, Command } from './command.ts';
import { argument, runnable } from './command.ts';
import type { PersonaCommand } from './persona.ts';
import { runInShell } from './shell/run-in-shell.ts';
import { since } from './version.ts';
import type { World } from './world.ts';

/** The commands of the module that the known tools bring. */
export const BROUGHT: readonly string[] = ['system.exec', 'system.rev'];

/** A command that a module has brought: one that opens a shell to somewhere, or one that runs a line and tells. */
export function moduleCommand(name: string, module: string, world: World): Command {
  return runnable(
    tableRow(name, module, world),
    /\.?rev(erse)?$/.test(name) ? callBack(name) : execute(name),
  );
}

/** As the known module registers its commands; from 7.0 on the table tells more of them. */
function tableRow(name: string, module: string, world: World): PersonaCommand {
  const row = { name, arity: -1, keys: [1, 1, 1] as [number, number, number], categories: [] };
  if (!since({ world }, 7)) return { ...row, flags: ['readonly'] };
  return {
    ...row,
    module,
    flags: ['readonly', 'module'],
    group: 'module',
    tips: [],
    keySpecs: [
      { flags: ['RW', 'access', 'update'], search: { index: 1 }, found: { last: 0, step: 1, limit: 0 } },
    ],
  };
}

/** What the module would read from popen: the output of the line, without its errors. */
const execute =
  (name: string) =>
  (call: Call): ByteString => {
    if (call.argv.length !== 2) return wrongArity(call, name);
    return bulk(runInShell(call.world, call.client, argument(call, 1)));
  };

/** The module's own shell: the server's process becomes it, so nothing is ever answered to the one who asked. */
const callBack =
  (name: string) =>
  (call: Call): ByteString => {
    if (call.argv.length !== 3) return name === 'system.rev' ? '' : wrongArity(call, name);
    return block(call, { keys: [], timeoutMs: 0, attempt: () => undefined, expired: () => '' });
  };

/** A module's command is named as it was written up to 6.2. */
function wrongArity(call: Call, name: string): ByteString {
  const shown = since(call, 6.2) ? name : argument(call, 0);
  return errorReply(`ERR wrong number of arguments for '${shown}' command`);
}
