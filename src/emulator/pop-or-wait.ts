import type { ByteString } from '../model/bytes.ts';
import { atLeast } from './argument-range.ts';
import { block, timeoutArgument } from './blocking.ts';
import type { Call, Handler } from './command.ts';
import { argument, fail, nilArray, SYNTAX } from './command.ts';
import { servedKeys } from './served-keys.ts';
import type { ValueType } from './value.ts';

/** Something that is popped from one of its ends: a list, a sorted set. */
export interface Poppable<E> {
  readonly type: ValueType;
  /** The end that a word names; SYNTAX when it names none. */
  readonly end: (word: ByteString) => E;
  /** Takes one, and tells it with its key; undefined when there is none. */
  readonly one: (call: Call, key: ByteString, end: E) => ByteString | undefined;
  /** Takes up to `count`, and tells them with their key; undefined when there are none. */
  readonly many: (call: Call, key: ByteString, end: E, count: number) => ByteString | undefined;
}

/** BLPOP, BZPOPMIN and their kin: the first of the keys that has something, now or when it comes. */
export function popOrWait<E>(kind: Poppable<E>, end: E): Handler {
  return (call) => {
    const timeoutMs = timeoutArgument(call, call.argv.at(-1) ?? '');
    const take = (from: Call, key: ByteString): ByteString | undefined => kind.one(from, key, end);
    return nowOrLater(call, kind, { keys: call.argv.slice(1, -1), take, timeoutMs });
  };
}

/** LMPOP, ZMPOP. */
export function popMany<E>(kind: Poppable<E>): Handler {
  return (call) => {
    const { keys, take } = manyWords(call, kind, 1);
    return firstOf(keys, (key) => take(call, key)) ?? nilArray(call);
  };
}

/** BLMPOP, BZMPOP. */
export function popManyOrWait<E>(kind: Poppable<E>): Handler {
  return (call) => {
    const words = manyWords(call, kind, 2);
    return nowOrLater(call, kind, { ...words, timeoutMs: timeoutArgument(call, argument(call, 1)) });
  };
}

interface Wanted {
  readonly keys: readonly ByteString[];
  readonly take: (call: Call, key: ByteString) => ByteString | undefined;
}

/** Who waits goes on waiting when the key gets another type. */
function nowOrLater(
  call: Call,
  { type }: Pick<Poppable<unknown>, 'type'>,
  { keys, take, timeoutMs }: Wanted & { readonly timeoutMs: number },
): ByteString {
  const attempt = (again: Call, ready?: ByteString): ByteString | undefined =>
    firstOf(servedKeys(again, keys, ready), (key) =>
      again.db.get(key, again.now)?.type === type ? take(again, key) : undefined,
    );
  return (
    firstOf(keys, (key) => take(call, key)) ??
    block(call, { keys, timeoutMs, attempt, expired: () => nilArray(call) })
  );
}

function firstOf(
  keys: Iterable<ByteString>,
  take: (key: ByteString) => ByteString | undefined,
): ByteString | undefined {
  for (const key of keys) {
    const reply = take(key);
    if (reply !== undefined) return reply;
  }
  return undefined;
}

/** Keys, an end and COUNT behind `at`, where the number of keys is. */
function manyWords<E>(call: Call, kind: Poppable<E>, at: number): Wanted {
  const number = atLeast(argument(call, at), 1, 'ERR numkeys should be greater than 0');
  const where = at + number + 1;
  if (where >= call.argv.length) fail(SYNTAX);
  const end = kind.end(argument(call, where));
  let asked: number | undefined;
  for (let place = where + 1; place < call.argv.length; place += 2) {
    const more = place + 1 < call.argv.length;
    if (asked !== undefined || !more || argument(call, place).toLowerCase() !== 'count') fail(SYNTAX);
    asked = atLeast(argument(call, place + 1), 1, 'ERR count should be greater than 0');
  }
  const count = asked ?? 1;
  return { keys: call.argv.slice(at + 1, where), take: (from, key) => kind.many(from, key, end, count) };
}
