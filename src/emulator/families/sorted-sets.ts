import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, double, EMPTY_ARRAY, integer, nullBulk } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, floatArgument, integerArgument, nil, SYNTAX, touched, valueOf } from '../command.ts';
import { doubleText } from '../decimal.ts';
import { scanPage } from '../scan-page.ts';
import type { ScoredMembers } from '../value.ts';
import { memberBytes } from '../value.ts';
import { bounds, range } from './lists.ts';

type Row = readonly [member: ByteString, score: number];

const EMPTY: ScoredMembers = { byMember: new Map(), sorted: [] };

function scoresOf(call: Call): ScoredMembers {
  return valueOf(call, argument(call, 1), 'zset')?.scores ?? EMPTY;
}

function sortedRows(scores: ScoredMembers): readonly Row[] {
  scores.sorted ??= [...scores.byMember].toSorted(([a, x], [b, y]) =>
    x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1,
  );
  return scores.sorted;
}

/** Writes scores; returns how many members are new. */
function write(call: Call, rows: readonly Row[]): number {
  if (rows.length === 0) return 0;
  const key = argument(call, 1);
  const value = valueOf(call, key, 'zset');
  const scores: ScoredMembers = value?.scores ?? { byMember: new Map(), sorted: undefined };
  const before = scores.byMember.size;
  let grown = 0;
  for (const [member, score] of rows) {
    if (!scores.byMember.has(member)) grown += memberBytes([member]);
    scores.byMember.set(ownedBytes(member), score);
  }
  scores.sorted = undefined;
  if (value === undefined) call.db.set(key, { type: 'zset', scores });
  else call.db.changed(key, grown);
  touched(call, key, rows.length);
  return scores.byMember.size - before;
}

function remove(call: Call, members: readonly ByteString[]): ByteString {
  const scores = scoresOf(call);
  const gone = members.filter((member) => scores.byMember.delete(member));
  if (gone.length > 0) {
    scores.sorted = undefined;
    call.db.changed(argument(call, 1), -memberBytes(gone));
    touched(call, argument(call, 1), gone.length);
  }
  return integer(gone.length);
}

interface AddOptions {
  nx: boolean;
  xx: boolean;
  ch: boolean;
  incr: boolean;
}

function add(call: Call): ByteString {
  const options: AddOptions = { nx: false, xx: false, ch: false, incr: false };
  let at = 2;
  for (; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (word !== 'nx' && word !== 'xx' && word !== 'ch' && word !== 'incr') break;
    options[word] = true;
  }
  const words = call.argv.slice(at);
  if (words.length === 0 || words.length % 2 === 1) fail(SYNTAX);
  if (options.nx && options.xx) fail('ERR XX and NX options at the same time are not compatible');
  if (options.incr && words.length > 2) fail('ERR INCR option supports a single increment-element pair');
  const given: Row[] = [];
  for (let index = 0; index < words.length; index += 2) {
    given.push([words[index + 1] ?? '', floatArgument(words[index] ?? '')]);
  }
  const { byMember } = scoresOf(call);
  const wanted = given.filter(([member]) => (byMember.has(member) ? !options.nx : !options.xx));
  if (options.incr) return increment(call, wanted[0]);
  const changed = wanted.filter(([member, score]) => byMember.get(member) !== score).length;
  const added = write(call, wanted);
  return integer(options.ch ? changed : added);
}

function increment(call: Call, row: Row | undefined): ByteString {
  if (row === undefined) return nullBulk(call.client.resp);
  const score = (scoresOf(call).byMember.get(row[0]) ?? 0) + row[1];
  if (Number.isNaN(score)) fail('ERR resulting score is not a number (NaN)');
  write(call, [[row[0], score]]);
  return scoreReply(call, score);
}

const scoreReply = (call: Call, score: number): ByteString =>
  call.client.resp === 3 ? double(score, 3) : bulk(doubleText(score));

function rowsReply(call: Call, rows: readonly Row[], withScores: boolean): ByteString {
  if (rows.length === 0) return EMPTY_ARRAY;
  if (!withScores) return array(rows.map(([member]) => bulk(member)));
  const cells = rows.map(([member, score]) => bulk(member) + scoreReply(call, score));
  // RESP3 has a pair a row.
  if (call.client.resp === 3) return array(cells.map((cell) => `*2\r\n${cell}`));
  return `*${2 * cells.length}\r\n${cells.join('')}`;
}

const rangeByRank =
  (reversed: boolean) =>
  (call: Call): ByteString => {
    const { first, last } = bounds(call);
    const withScores = argument(call, 4).toLowerCase() === 'withscores';
    if (call.argv.length > 5 || (call.argv.length === 5 && !withScores)) fail(SYNTAX);
    const rows = sortedRows(scoresOf(call));
    const { from, to } = range(first, last, rows.length);
    const found = reversed
      ? rows.slice(rows.length - to, rows.length - from).toReversed()
      : rows.slice(from, to);
    return rowsReply(call, found, withScores);
  };

const BAD_RANGE = 'ERR min or max is not a float';

function limit(text: ByteString): { score: number; open: boolean } {
  const open = text.startsWith('(');
  return { score: floatArgument(open ? text.slice(1) : text, BAD_RANGE), open };
}

function between(call: Call, least: ByteString, most: ByteString): readonly Row[] {
  const [low, high] = [limit(least), limit(most)];
  return sortedRows(scoresOf(call)).filter(
    ([, score]) =>
      (low.open ? score > low.score : score >= low.score) &&
      (high.open ? score < high.score : score <= high.score),
  );
}

const rangeByScore =
  (reversed: boolean) =>
  (call: Call): ByteString => {
    let [withScores, skip, count] = [false, 0, -1];
    for (let at = 4; at < call.argv.length; at++) {
      const word = argument(call, at).toLowerCase();
      if (word === 'withscores') withScores = true;
      else if (word === 'limit' && at + 2 < call.argv.length) {
        [skip, count] = [integerArgument(argument(call, at + 1)), integerArgument(argument(call, at + 2))];
        at += 2;
      } else fail(SYNTAX);
    }
    const [one, two] = [argument(call, 2), argument(call, 3)];
    const rows = reversed ? between(call, two, one).toReversed() : between(call, one, two);
    return rowsReply(
      call,
      skip < 0 ? [] : rows.slice(skip, count < 0 ? undefined : skip + count),
      withScores,
    );
  };

const rank =
  (reversed: boolean) =>
  (call: Call): ByteString => {
    const rows = sortedRows(scoresOf(call));
    const found = rows.findIndex(([member]) => member === argument(call, 2));
    return found < 0 ? nil(call) : integer(reversed ? rows.length - 1 - found : found);
  };

const names = (rows: readonly Row[]): ByteString[] => rows.map(([member]) => member);

export const sortedSets: Family = {
  zadd: add,
  zincrby: (call) => {
    const amount = floatArgument(argument(call, 2));
    return increment(call, [argument(call, 3), amount]);
  },
  zscore: (call) => {
    const score = scoresOf(call).byMember.get(argument(call, 2));
    return score === undefined ? nil(call) : scoreReply(call, score);
  },
  zcard: (call) => integer(scoresOf(call).byMember.size),
  zrem: (call) => remove(call, call.argv.slice(2)),
  zrange: rangeByRank(false),
  zrevrange: rangeByRank(true),
  zrangebyscore: rangeByScore(false),
  zrevrangebyscore: rangeByScore(true),
  zrank: rank(false),
  zrevrank: rank(true),
  zcount: (call) => integer(between(call, argument(call, 2), argument(call, 3)).length),
  zremrangebyrank: (call) => {
    const { first, last } = bounds(call);
    const rows = sortedRows(scoresOf(call));
    const { from, to } = range(first, last, rows.length);
    return remove(call, names(rows.slice(from, to)));
  },
  zremrangebyscore: (call) => remove(call, names(between(call, argument(call, 2), argument(call, 3)))),
  zscan: (call) => {
    const rows = sortedRows(scoresOf(call)).map(([member, score]) => [member, doubleText(score)]);
    return scanPage(call, rows, valueOf(call, argument(call, 1), 'zset'));
  },
};
