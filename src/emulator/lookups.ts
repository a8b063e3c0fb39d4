import type { ByteString } from '../model/bytes.ts';
import type { Call, Command } from './command.ts';
import { keysOf, mayHaveKeys } from './command-keys.ts';
import { since } from './version.ts';

/** Commands that have keys and do not look them up as a reader does, or count by themselves. */
const OTHERS = new Set(['get', 'eval_ro', 'evalsha_ro', 'fcall_ro', 'memory', 'memory|usage']);
const MINUS = 45;

/** After a command that reads: the keys that it found and missed, for INFO's `keyspace_hits` and `keyspace_misses`. */
export function countLookups(call: Call, command: Command, reply: ByteString): void {
  if (OTHERS.has(command.name) || !mayHaveKeys(command)) return;
  if (reply.charCodeAt(0) === MINUS && !reply.startsWith('-WRONGTYPE')) return;
  const { statistics, level } = call.world;
  // Up to 6.2 an intersection is over with the first key that is not there.
  const early = command.name === 'sinter' && !since(call, 7);
  for (const { at } of keysOf(command, call.argv, level)) {
    if (call.db.peek(call.argv[at] ?? '') !== undefined) statistics.hits++;
    else {
      statistics.misses++;
      if (early) return;
    }
  }
}
