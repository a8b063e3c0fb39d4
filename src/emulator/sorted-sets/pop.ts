import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY } from '../../wire/resp-reply.ts';
import { atLeast, NOT_POSITIVE } from '../argument-range.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';
import type { Poppable } from '../pop-or-wait.ts';
import { popMany, popManyOrWait, popOrWait } from '../pop-or-wait.ts';
import { scoreReply } from '../score-reply.ts';
import type { ScoredRow } from '../scored-members.ts';
import { scoreIndex } from '../scored-members.ts';
import { since } from '../version.ts';
import { pairsReply, rowsReply } from './rows-reply.ts';
import { removeScores, zsetOf } from './zset-store.ts';

type End = 'min' | 'max';

/** Takes up to `count` members from an end. */
function take(call: Call, key: ByteString, end: End, count: number): ScoredRow[] {
  const zset = zsetOf(call, key);
  if (zset === undefined || count <= 0) return [];
  const { size } = zset.scores.byMember;
  const index = scoreIndex(zset.scores);
  const rows =
    end === 'min' ? index.rows(0, Math.min(size, count)) : index.rows(Math.max(0, size - count), size);
  if (end === 'max') rows.reverse();
  removeScores(
    call,
    key,
    rows.map(([member]) => member),
    `zpop${end}`,
  );
  return rows;
}

const pop =
  (end: End) =>
  (call: Call): ByteString => {
    if (call.argv.length > 3) fail(SYNTAX);
    const key = argument(call, 1);
    if (call.argv.length === 2) {
      const [row] = take(call, key, end, 1);
      return row === undefined ? EMPTY_ARRAY : array([bulk(row[0]), scoreReply(call, row[1])]);
    }
    const text = argument(call, 2);
    const count = since(call, 6.2) ? atLeast(text, 0, NOT_POSITIVE) : integerArgument(text);
    if (count <= 0 && !since(call, 6.2)) return EMPTY_ARRAY;
    return rowsReply(call, take(call, key, end, count), true);
  };

const POPPED: Poppable<End> = {
  type: 'zset',
  end: (word) => {
    const end = word.toLowerCase();
    return end === 'min' || end === 'max' ? end : fail(SYNTAX);
  },
  one: (call, key, end) => {
    const [row] = take(call, key, end, 1);
    return row && array([bulk(key), bulk(row[0]), scoreReply(call, row[1])]);
  },
  many: (call, key, end, count) => {
    const rows = take(call, key, end, count);
    return rows.length === 0 ? undefined : array([bulk(key), pairsReply(call, rows)]);
  },
};

export const sortedSetPops: Family = {
  zpopmin: pop('min'),
  zpopmax: pop('max'),
  bzpopmin: popOrWait(POPPED, 'min'),
  bzpopmax: popOrWait(POPPED, 'max'),
  zmpop: popMany(POPPED),
  bzmpop: popManyOrWait(POPPED),
};
