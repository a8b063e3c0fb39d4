import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, nilArray, SYNTAX } from '../command.ts';
import { doubleText } from '../decimal.ts';
import { zsetForm } from '../encoding.ts';
import { randomCount, randomMembers } from '../random-members.ts';
import { boundedArray } from '../reply-bound.ts';
import { scanPage } from '../scan-page.ts';
import { doubleOf, scoreReply } from '../score-reply.ts';
import { scoreIndex } from '../scored-members.ts';
import { add, increment } from '../sorted-sets/add.ts';
import { sortedSetAlgebra } from '../sorted-sets/algebra.ts';
import { sortedSetPops } from '../sorted-sets/pop.ts';
import { sortedSetRanges } from '../sorted-sets/range.ts';
import { removeScores, zsetOf } from '../sorted-sets/zset-store.ts';
import { since } from '../version.ts';

const NOBODY: ReadonlyMap<ByteString, number> = new Map();

function scoresOf(call: Call): ReadonlyMap<ByteString, number> {
  return zsetOf(call, argument(call, 1))?.scores.byMember ?? NOBODY;
}

function scoreOrNil(call: Call, score: number | undefined): ByteString {
  return score === undefined ? nil(call) : scoreReply(call, score);
}

const rank =
  (reversed: boolean) =>
  (call: Call): ByteString => {
    if (call.argv.length > 4)
      fail(`ERR wrong number of arguments for '${argument(call, 0).toLowerCase()}' command`);
    const withScore = call.argv.length === 4;
    if (withScore && argument(call, 3).toLowerCase() !== 'withscore') fail(SYNTAX);
    const member = argument(call, 2);
    const scores = zsetOf(call, argument(call, 1))?.scores;
    const score = scores?.byMember.get(member);
    if (scores === undefined || score === undefined) return withScore ? nilArray(call) : nil(call);
    const before = scoreIndex(scores).rank(member, score);
    const place = integer(reversed ? scores.byMember.size - 1 - before : before);
    return withScore ? array([place, scoreReply(call, score)]) : place;
  };

function random(call: Call): ByteString {
  if (call.argv.length === 2) {
    const [found] = randomMembers(call, scoresOf(call), 1);
    return found === undefined ? nil(call) : bulk(found);
  }
  const withScores = call.argv.length > 3;
  const whole = randomCount(argument(call, 2), false);
  if (call.argv.length > 4 || (withScores && argument(call, 3).toLowerCase() !== 'withscores')) fail(SYNTAX);
  const count = withScores ? randomCount(argument(call, 2), true) : whole;
  const zset = zsetOf(call, argument(call, 1));
  if (zset === undefined || count === 0) return EMPTY_ARRAY;
  const { byMember } = zset.scores;
  const all = count >= byMember.size;
  const members = all
    ? scoreIndex(zset.scores)
        .rows()
        .map(([member]) => member)
    : randomMembers(call, byMember, count);
  if (!withScores) return boundedArray(members, bulk);
  const cells = members.map((member) => bulk(member) + scoreReply(call, byMember.get(member) ?? 0));
  if (call.client.resp === 3) return boundedArray(cells, (cell) => `*2\r\n${cell}`);
  return `*${2 * cells.length}\r\n${cells.join('')}`;
}

function scan(call: Call): ByteString {
  return scanPage(call, () => {
    const zset = zsetOf(call, argument(call, 1));
    if (zset === undefined) return undefined;
    const { byMember } = zset.scores;
    const packed = zsetForm(call, zset) === 'packed';
    const whole = packed
      ? scoreIndex(zset.scores)
          .rows()
          .map(([member]) => member)
      : undefined;
    return {
      whole,
      table: byMember,
      cells: (name) => {
        const score = byMember.get(name);
        return score === undefined ? undefined : [name, scanText(call, score, packed)];
      },
    };
  });
}

/** Integers up to here are kept as such in a listpack. */
const INTEGERS = 2 ** 62;

/** A table's scores are printed as long doubles, a packed set's as they are kept. */
function scanText(call: Call, score: number, packed: boolean): ByteString {
  if (!packed || !since(call, 7)) return doubleText(score);
  if (Number.isInteger(score) && Math.abs(score) <= INTEGERS) return String(BigInt(score));
  return doubleOf(call, score);
}

export const sortedSets: Family = {
  ...sortedSetRanges,
  ...sortedSetPops,
  ...sortedSetAlgebra,
  zadd: (call) => add(call),
  zincrby: increment,
  zscore: (call) => scoreOrNil(call, scoresOf(call).get(argument(call, 2))),
  zmscore: (call) => {
    const scores = scoresOf(call);
    return array(call.argv.slice(2).map((member) => scoreOrNil(call, scores.get(member))));
  },
  zcard: (call) => integer(scoresOf(call).size),
  zrem: (call) => integer(removeScores(call, argument(call, 1), call.argv.slice(2), 'zrem')),
  zrank: rank(false),
  zrevrank: rank(true),
  zrandmember: random,
  zscan: scan,
};
