import type { ByteString } from '../../model/bytes.ts';
import { OK } from '../../wire/resp-reply.ts';
import { block, unblock } from '../blocking.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, integerArgument } from '../command.ts';
import { isFull } from '../refusal.ts';
import { since } from '../version.ts';
import { enter } from '../views.ts';

/** Keys that are made before the others get their turn. */
const AT_ONCE = 5_000;
const MOST = 1_000_000;
const LONGEST_VALUE = 1_048_576;
/** Nobody waits longer than this for it. */
const LONGEST_MS = 60_000;

/** DEBUG POPULATE: keys with numbers, in pieces, as long as there is memory. */
export function populate(call: Call): ByteString {
  const count = countArgument(call, argument(call, 2));
  const prefix = call.argv.length > 3 ? argument(call, 3) : 'key';
  const size = call.argv.length > 4 ? countArgument(call, argument(call, 4)) : 0;
  let next = 0;
  const some = (): boolean => {
    const until = Math.min(count, next + AT_ONCE, MOST);
    for (; next < until && !isFull(call.world); next++) add(call, prefix, next, size);
    return next < until || next >= Math.min(count, MOST);
  };
  if (some() || call.nested) return OK;
  const go = (): void => {
    if (call.client.waiting === undefined) return;
    enter(call.world, call.client.view);
    if (some()) unblock(call.world, call.client, OK);
    else setImmediate(go);
  };
  setImmediate(go);
  return block(call, { keys: [], timeoutMs: LONGEST_MS, attempt: () => undefined, expired: () => OK });
}

function add(call: Call, prefix: ByteString, number: number, size: number): void {
  const key = `${prefix}:${number}`;
  if (call.db.peek(key) !== undefined) return;
  const text = `value:${number}`;
  const most = Math.min(size, LONGEST_VALUE);
  const value = size === 0 ? text : text.slice(0, most).padEnd(most, '\0');
  call.db.set(key, { type: 'string', text: value });
  call.world.dirty++;
}

function countArgument(call: Call, text: ByteString): number {
  if (!since(call, 7)) return Math.max(0, integerArgument(text));
  const count = exactInteger(text, 'ERR value is out of range, must be positive');
  return count < 0n ? fail('ERR value is out of range, must be positive') : Number(count);
}
