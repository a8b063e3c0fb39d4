import type { ByteString } from '../model/bytes.ts';
import { itemsOf, numberOf } from './answer-values.ts';
import type { Probe } from './check.ts';
import type { Answer } from './line.ts';

/** What administrators take away with `rename-command`. */
const OFTEN = new Set(
  'config debug keys monitor eval script module acl client save bgsave slaveof replicaof migrate cluster'.split(
    ' ',
  ),
);
/** A table this long is not that of an emulation without the command. */
const WHOLE_TABLE = 150;

/** True when a real server's administrator took this command away: its own table, otherwise whole, has it no more. */
export async function isRenamed(probe: Probe, command: ByteString, answer: Answer): Promise<boolean> {
  if (answer.kind !== 'error' || !answer.text.startsWith('ERR unknown command')) return false;
  if (!OFTEN.has(command.toLowerCase())) return false;
  const row = itemsOf(await probe.ask('COMMAND', 'INFO', command))?.[0];
  return row?.kind === 'null' && (numberOf(await probe.ask('COMMAND', 'COUNT')) ?? 0) >= WHOLE_TABLE;
}
