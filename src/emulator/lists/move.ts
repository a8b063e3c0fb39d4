import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks } from '../../wire/resp-reply.ts';
import { atLeast } from '../argument-range.ts';
import { block, timeoutArgument } from '../blocking.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, nilArray, SYNTAX, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { servedKeys } from '../served-keys.ts';
import type { Side } from './list-store.ts';
import { hasShrunk, listOf, popItem, popItems, pushItems } from './list-store.ts';

interface Move {
  readonly from: ByteString;
  readonly to: ByteString;
  readonly take: Side;
  readonly give: Side;
}

/** Moves an item; undefined when there is none. WRONGTYPE of the target counts only when there is one to move. */
function move(call: Call, { from, to, take, give }: Move): ByteString | undefined {
  const source = listOf(call, from);
  if (source === undefined) return undefined;
  listOf(call, to);
  const item = (take === 'left' ? source.items.at(0) : source.items.at(-1)) ?? '';
  if (from === to) rotate(call, from, item, { take, give });
  else {
    pushItems(call, to, [item], give);
    popItem(call, from, take);
  }
  return bulk(item);
}

/** A list that turns into itself must not be empty, and so gone, in between. */
function rotate(
  call: Call,
  key: ByteString,
  item: ByteString,
  { take, give }: Pick<Move, 'take' | 'give'>,
): void {
  const list = listOf(call, key);
  if (list === undefined) return;
  if (take === 'left') list.items.popLeft();
  else list.items.popRight();
  if (give === 'left') list.items.pushLeft(item);
  else list.items.pushRight(item);
  hasShrunk(call, list, []);
  touched(call, key, 2);
  notify(call, 'l', give === 'left' ? 'lpush' : 'rpush', key);
  notify(call, 'l', take === 'left' ? 'lpop' : 'rpop', key);
}

function side(text: ByteString): Side {
  const word = text.toLowerCase();
  if (word !== 'left' && word !== 'right') fail(SYNTAX);
  return word;
}

const twoSides = (call: Call): Pick<Move, 'take' | 'give'> => ({
  take: side(argument(call, 3)),
  give: side(argument(call, 4)),
});

const TAIL_TO_HEAD = { take: 'right', give: 'left' } as const;

function moveNow(call: Call, sides: Pick<Move, 'take' | 'give'>): ByteString {
  return move(call, { from: argument(call, 1), to: argument(call, 2), ...sides }) ?? nil(call);
}

function moveOrWait(call: Call, sides: Pick<Move, 'take' | 'give'>, timeoutMs: number): ByteString {
  const wanted: Move = { from: argument(call, 1), to: argument(call, 2), ...sides };
  const reply = move(call, wanted);
  if (reply !== undefined) return reply;
  if (call.nested) return nil(call);
  return block(call, {
    keys: [wanted.from],
    timeoutMs,
    attempt: (again) => (isList(again, wanted.from) ? move(again, wanted) : undefined),
    expired: () => nilArray(call),
  });
}

/** Who waits for a list goes on waiting when the key gets another type. */
const isList = (call: Call, key: ByteString): boolean => call.db.get(key, call.now)?.type === 'list';

/** BLPOP and BRPOP. */
const popOrWait =
  (from: Side) =>
  (call: Call): ByteString => {
    const timeoutMs = timeoutArgument(call, call.argv.at(-1) ?? '');
    const keys = call.argv.slice(1, -1);
    const attempt = (again: Call, ready?: ByteString): ByteString | undefined => {
      for (const key of servedKeys(again, keys, ready)) {
        const item = again !== call && !isList(again, key) ? undefined : popItem(again, key, from);
        if (item !== undefined) return bulks([key, item]);
      }
      return undefined;
    };
    return attempt(call) ?? block(call, { keys, timeoutMs, attempt, expired: () => nilArray(call) });
  };

interface ManyPop {
  readonly keys: readonly ByteString[];
  readonly from: Side;
  readonly count: number;
}

/** Keys, a side and COUNT behind `at`, where the number of keys is. */
function manyPop(call: Call, at: number): ManyPop {
  const number = atLeast(argument(call, at), 1, 'ERR numkeys should be greater than 0');
  const where = at + number + 1;
  if (where >= call.argv.length) fail(SYNTAX);
  const from = side(argument(call, where));
  let count: number | undefined;
  for (let place = where + 1; place < call.argv.length; place += 2) {
    const more = place + 1 < call.argv.length;
    if (count !== undefined || !more || argument(call, place).toLowerCase() !== 'count') fail(SYNTAX);
    count = atLeast(argument(call, place + 1), 1, 'ERR count should be greater than 0');
  }
  return { keys: call.argv.slice(at + 1, where), from, count: count ?? 1 };
}

function popMany(call: Call, { keys, from, count }: ManyPop, waited: boolean): ByteString | undefined {
  for (const key of keys) {
    if (waited && !isList(call, key)) continue;
    const items = popItems(call, key, from, count);
    if (items.length > 0) return array([bulk(key), bulks(items)]);
  }
  return undefined;
}

export const listMoves: Family = {
  rpoplpush: (call) => moveNow(call, TAIL_TO_HEAD),
  lmove: (call) => moveNow(call, twoSides(call)),
  brpoplpush: (call) => moveOrWait(call, TAIL_TO_HEAD, timeoutArgument(call, argument(call, 3))),
  blmove: (call) => moveOrWait(call, twoSides(call), timeoutArgument(call, argument(call, 5))),
  blpop: popOrWait('left'),
  brpop: popOrWait('right'),
  lmpop: (call) => popMany(call, manyPop(call, 1), false) ?? nilArray(call),
  blmpop: (call) => {
    const wanted = manyPop(call, 2);
    const timeoutMs = timeoutArgument(call, argument(call, 1));
    const attempt = (again: Call, ready?: ByteString): ByteString | undefined =>
      popMany(again, { ...wanted, keys: servedKeys(again, wanted.keys, ready) }, true);
    return (
      popMany(call, wanted, false) ??
      block(call, { keys: wanted.keys, timeoutMs, attempt, expired: () => nilArray(call) })
    );
  },
};
