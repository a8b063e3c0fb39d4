import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY } from '../../wire/resp-reply.ts';
import { atLeast, NOT_POSITIVE } from '../argument-range.ts';
import { block, timeoutArgument } from '../blocking.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nilArray, SYNTAX } from '../command.ts';
import { scoreReply } from '../score-reply.ts';
import type { ScoredRow } from '../scored-members.ts';
import { scoreIndex } from '../scored-members.ts';
import { servedKeys } from '../served-keys.ts';
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

/** Who waits for a sorted set goes on waiting when the key gets another type. */
const isZset = (call: Call, key: ByteString): boolean => call.db.get(key, call.now)?.type === 'zset';

const popOrWait =
  (end: End) =>
  (call: Call): ByteString => {
    const timeoutMs = timeoutArgument(call, call.argv.at(-1) ?? '');
    const keys = call.argv.slice(1, -1);
    const attempt = (again: Call, ready?: ByteString): ByteString | undefined => {
      for (const key of servedKeys(again, keys, ready)) {
        if (again !== call && !isZset(again, key)) continue;
        const [row] = take(again, key, end, 1);
        if (row !== undefined) return array([bulk(key), bulk(row[0]), scoreReply(again, row[1])]);
      }
      return undefined;
    };
    return attempt(call) ?? block(call, { keys, timeoutMs, attempt, expired: () => nilArray(call) });
  };

interface ManyPop {
  readonly keys: readonly ByteString[];
  readonly end: End;
  readonly count: number;
}

/** Keys, an end and COUNT behind `at`, where the number of keys is. */
function manyPop(call: Call, at: number): ManyPop {
  const number = atLeast(argument(call, at), 1, 'ERR numkeys should be greater than 0');
  const where = at + number + 1;
  if (where >= call.argv.length) fail(SYNTAX);
  const end = argument(call, where).toLowerCase();
  if (end !== 'min' && end !== 'max') fail(SYNTAX);
  let count: number | undefined;
  for (let place = where + 1; place < call.argv.length; place += 2) {
    const more = place + 1 < call.argv.length;
    if (count !== undefined || !more || argument(call, place).toLowerCase() !== 'count') fail(SYNTAX);
    count = atLeast(argument(call, place + 1), 1, 'ERR count should be greater than 0');
  }
  return { keys: call.argv.slice(at + 1, where), end, count: count ?? 1 };
}

function popMany(call: Call, { keys, end, count }: ManyPop, waited: boolean): ByteString | undefined {
  for (const key of keys) {
    if (waited && !isZset(call, key)) continue;
    const rows = take(call, key, end, count);
    if (rows.length > 0) return array([bulk(key), pairsReply(call, rows)]);
  }
  return undefined;
}

export const sortedSetPops: Family = {
  zpopmin: pop('min'),
  zpopmax: pop('max'),
  bzpopmin: popOrWait('min'),
  bzpopmax: popOrWait('max'),
  zmpop: (call) => popMany(call, manyPop(call, 1), false) ?? nilArray(call),
  bzmpop: (call) => {
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
