import type { ByteString } from '../../model/bytes.ts';
import type { ClientState, World } from '../world.ts';
import { machineOf } from './machine.ts';
import { KEPT_BYTES, runShell } from './run-shell.ts';

/**
 * Plays a line for a visitor: what popen would read. Lines hidden in it (decoded, fed to a shell) become evidence of the
 * visit once the command that carried it has been recorded. The line itself is told by whoever interprets the command,
 * when it stands there as an argument; a script's line stands nowhere, so it is told here.
 */
export function runInShell(
  world: World,
  client: ClientState,
  line: ByteString,
  via: 'module' | 'lua' = 'module',
): ByteString {
  const { output, acts } = runShell(line, machineOf(world, client));
  const told =
    via === 'lua'
      ? [{ type: 'shell.command', via, line: line.slice(0, KEPT_BYTES) } as const, ...acts]
      : acts;
  const { session } = client.link;
  if (session !== undefined && told.length > 0) {
    queueMicrotask(() => {
      for (const act of told) session.emit(act);
    });
  }
  return output;
}
