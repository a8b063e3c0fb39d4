import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import { atLeast } from '../argument-range.ts';
import { doubleArgument } from '../c-double.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX, WRONG_TYPE } from '../command.ts';
import { sortedRows } from '../scored-members.ts';
import { since } from '../version.ts';
import { boundWork } from '../work-bound.ts';
import { rowsReply } from './rows-reply.ts';
import { storeResult } from './zset-store.ts';

type Operation = 'union' | 'inter' | 'diff';

/** A sorted set, or a set whose members all have the score 1. */
interface Source {
  readonly members: ReadonlySet<ByteString> | ReadonlyMap<ByteString, number>;
  weight: number;
}

const NOBODY: Source['members'] = new Set();

function sourceOf(call: Call, key: ByteString): Source {
  const value = call.db.get(key, call.now);
  if (value === undefined) return { members: NOBODY, weight: 1 };
  if (value.type === 'zset') return { members: value.scores.byMember, weight: 1 };
  if (value.type === 'set') return { members: value.members, weight: 1 };
  return fail(WRONG_TYPE);
}

function scoreOf({ members, weight }: Source, member: ByteString): number {
  const score = weight * ('get' in members ? (members.get(member) ?? 0) : 1);
  return Number.isNaN(score) ? 0 : score;
}

type Aggregate = 'sum' | 'min' | 'max';

function combine(one: number, other: number, aggregate: Aggregate): number {
  if (aggregate === 'min') return Math.min(one, other);
  if (aggregate === 'max') return Math.max(one, other);
  const sum = one + other;
  return Number.isNaN(sum) ? 0 : sum;
}

interface Wanted {
  readonly sources: readonly Source[];
  readonly aggregate: Aggregate;
  readonly withScores: boolean;
  readonly limit: number;
}

interface Kind {
  readonly operation: Operation;
  readonly gives: 'rows' | 'key' | 'number';
}

/** Keys behind their number at argument `at`, then the options. */
function wanted(call: Call, at: number, { operation, gives }: Kind): Wanted {
  const number = integerArgument(argument(call, at));
  if (number < 1) {
    const name = since(call, 6.2)
      ? `'${argument(call, 0).toLowerCase()}' command`
      : 'ZUNIONSTORE/ZINTERSTORE';
    fail(`ERR at least 1 input key is needed for ${name}`);
  }
  if (number > call.argv.length - at - 1) fail(SYNTAX);
  const sources = call.argv.slice(at + 1, at + 1 + number).map((key) => sourceOf(call, key));
  let aggregate: Aggregate = 'sum';
  let withScores = false;
  let limit = 0;
  for (let place = at + 1 + number; place < call.argv.length; place++) {
    const word = argument(call, place).toLowerCase();
    const left = call.argv.length - place - 1;
    if (word === 'weights' && operation !== 'diff' && gives !== 'number' && left >= number) {
      for (const source of sources) {
        source.weight = doubleArgument(argument(call, ++place), 'ERR weight value is not a float');
      }
    } else if (word === 'aggregate' && operation !== 'diff' && gives !== 'number' && left >= 1) {
      const how = argument(call, ++place).toLowerCase();
      if (how !== 'sum' && how !== 'min' && how !== 'max') fail(SYNTAX);
      aggregate = how;
    } else if (word === 'withscores' && gives === 'rows') withScores = true;
    else if (word === 'limit' && gives === 'number' && left >= 1) {
      limit = atLeast(argument(call, ++place), 0, "ERR LIMIT can't be negative");
    } else fail(SYNTAX);
  }
  return { sources, aggregate, withScores, limit };
}

/** The smallest first, as a real server goes through them: with fractions the order of a sum shows. */
const bySize = (sources: readonly Source[]): Source[] =>
  sources.toSorted((one, other) => one.members.size - other.members.size);

function resultOf(operation: Operation, { sources, aggregate, limit }: Wanted): Map<ByteString, number> {
  boundWork(stepsOf(operation, sources));
  const result = new Map<ByteString, number>();
  if (operation === 'union') {
    for (const source of bySize(sources)) {
      for (const member of source.members.keys()) {
        const [old, score] = [result.get(member), scoreOf(source, member)];
        result.set(member, old === undefined ? score : combine(old, score, aggregate));
      }
    }
    return result;
  }
  const [first, ...others] = operation === 'inter' ? bySize(sources) : sources;
  if (first === undefined) return result;
  for (const member of first.members.keys()) {
    if (operation === 'diff') {
      if (!others.some(({ members }) => members.has(member))) result.set(member, scoreOf(first, member));
      continue;
    }
    if (!others.every(({ members }) => members.has(member))) continue;
    let score = scoreOf(first, member);
    for (const other of others) score = combine(score, scoreOf(other, member), aggregate);
    result.set(member, score);
    if (result.size === limit) break;
  }
  return result;
}

/** How often a member is looked at, at most. */
function stepsOf(operation: Operation, sources: readonly Source[]): number {
  const sizes = sources.map(({ members }) => members.size);
  if (operation === 'union') return sizes.reduce((sum, size) => sum + size, 0);
  return sizes.length * (operation === 'diff' ? (sizes[0] ?? 0) : Math.min(...sizes));
}

const combined =
  (operation: Operation) =>
  (call: Call): ByteString => {
    const asked = wanted(call, 1, { operation, gives: 'rows' });
    return rowsReply(call, sortedRows(resultOf(operation, asked)), asked.withScores);
  };

const combinedInto =
  (operation: Operation) =>
  (call: Call): ByteString => {
    const asked = wanted(call, 2, { operation, gives: 'key' });
    const rows = sortedRows(resultOf(operation, asked));
    storeResult(call, argument(call, 1), rows, `z${operation}store`);
    return integer(rows.length);
  };

export const sortedSetAlgebra: Family = {
  zunion: combined('union'),
  zinter: combined('inter'),
  zdiff: combined('diff'),
  zunionstore: combinedInto('union'),
  zinterstore: combinedInto('inter'),
  zdiffstore: combinedInto('diff'),
  zintercard: (call) =>
    integer(resultOf('inter', wanted(call, 1, { operation: 'inter', gives: 'number' })).size),
};
