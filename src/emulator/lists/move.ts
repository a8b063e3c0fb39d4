import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks } from '../../wire/resp-reply.ts';
import { block, timeoutArgument } from '../blocking.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, nilArray, SYNTAX, touched } from '../command.ts';
import { notify } from '../notify.ts';
import type { Poppable } from '../pop-or-wait.ts';
import { popMany, popManyOrWait, popOrWait } from '../pop-or-wait.ts';
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

const POPPED: Poppable<Side> = {
  type: 'list',
  end: side,
  one: (call, key, end) => {
    const item = popItem(call, key, end);
    return item === undefined ? undefined : bulks([key, item]);
  },
  many: (call, key, end, count) => {
    const items = popItems(call, key, end, count);
    return items.length === 0 ? undefined : array([bulk(key), bulks(items)]);
  },
};

export const listMoves: Family = {
  rpoplpush: (call) => moveNow(call, TAIL_TO_HEAD),
  lmove: (call) => moveNow(call, twoSides(call)),
  brpoplpush: (call) => moveOrWait(call, TAIL_TO_HEAD, timeoutArgument(call, argument(call, 3))),
  blmove: (call) => moveOrWait(call, twoSides(call), timeoutArgument(call, argument(call, 5))),
  blpop: popOrWait(POPPED, 'left'),
  brpop: popOrWait(POPPED, 'right'),
  lmpop: popMany(POPPED),
  blmpop: popManyOrWait(POPPED),
};
