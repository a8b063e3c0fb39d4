import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, no, SYNTAX } from '../command.ts';
import { zsetForm } from '../encoding.ts';
import type { ScoredRow } from '../scored-members.ts';
import { scoreIndex } from '../scored-members.ts';
import { isValkey, since } from '../version.ts';
import type { Between, Part } from './limits.ts';
import { betweenRanks, betweenScores, betweenTexts } from './limits.ts';
import { rowsReply } from './rows-reply.ts';
import type { ZsetValue } from './zset-store.ts';
import { removeScores, storeResult, zsetOf } from './zset-store.ts';

type By = 'rank' | 'score' | 'text';

interface Limit {
  readonly skip: number;
  readonly count: number;
}

interface RangeOptions {
  by: By;
  reversed: boolean;
  withScores: boolean;
  limit: Limit | undefined;
}

interface RangeCommand {
  /** The argument that is the first limit. */
  readonly at: number;
  /** Undefined where options say. */
  readonly by: By | undefined;
  readonly reversed: boolean | undefined;
  readonly stores: boolean;
}

function rangeOptions(call: Call, { at, by, reversed, stores }: RangeCommand): RangeOptions {
  const options: RangeOptions = {
    by: by ?? 'rank',
    reversed: reversed ?? false,
    withScores: false,
    limit: undefined,
  };
  const unified = since(call, 6.2);
  for (let place = at + 2; place < call.argv.length; place++) {
    const word = argument(call, place).toLowerCase();
    const left = call.argv.length - place - 1;
    if (word === 'withscores' && !stores && (unified || by !== 'text')) options.withScores = true;
    else if (word === 'limit' && left >= 2 && (unified || by !== 'rank')) {
      options.limit = {
        skip: integerArgument(argument(call, place + 1)),
        count: integerArgument(argument(call, place + 2)),
      };
      place += 2;
    } else if (word === 'rev' && reversed === undefined) options.reversed = true;
    else if (word === 'bylex' && by === undefined) options.by = 'text';
    else if (word === 'byscore' && by === undefined) options.by = 'score';
    else fail(SYNTAX);
  }
  return options;
}

function limits(call: Call, at: number, by: By, reversed: boolean, counts = false): Between {
  const [one, two] = [argument(call, at), argument(call, at + 1)];
  const [least, most] = reversed && by !== 'rank' ? [two, one] : [one, two];
  if (by === 'rank') return betweenRanks(least, most, reversed);
  return by === 'score'
    ? betweenScores(call, least, most)
    : betweenTexts(call, least, most, counts ? 'count' : reversed ? 'backward' : 'forward');
}

function wanted(call: Call, command: RangeCommand): { between: Between; options: RangeOptions } {
  // Up to 6.0 the limits are read before the options, other than for ranks.
  if (!since(call, 6.2) && command.by !== 'rank') {
    const between = limits(call, command.at, command.by ?? 'rank', command.reversed ?? false);
    return { between, options: rangeOptions(call, command) };
  }
  if (!since(call, 6.2)) {
    const between = limits(call, command.at, 'rank', command.reversed ?? false);
    // No more than one option is looked at.
    if (call.argv.length > command.at + 3) fail(SYNTAX);
    return { between, options: rangeOptions(call, command) };
  }
  const options = rangeOptions(call, command);
  if (options.limit !== undefined && options.limit.count !== -1 && options.by === 'rank') {
    fail('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX');
  }
  if (options.withScores && options.by === 'text') {
    fail('ERR syntax error, WITHSCORES not supported in combination with BYLEX');
  }
  return { between: limits(call, command.at, options.by, options.reversed), options };
}

function rowsOf(
  call: Call,
  key: ByteString,
  between: Between,
  { by, reversed, limit }: RangeOptions,
): ScoredRow[] {
  const zset = zsetOf(call, key);
  if (zset === undefined) return [];
  const found = between(zset);
  const { from, to } =
    limit === undefined || by === 'rank' ? found : limited(call, zset, found, limit, reversed);
  if (from >= to) return [];
  const rows = scoreIndex(zset.scores).rows(from, to);
  return reversed ? rows.toReversed() : rows;
}

const NOTHING: Part = { from: 0, to: 0 };

function limited(
  call: Call,
  zset: ZsetValue,
  { from, to }: Part,
  { skip, count }: Limit,
  reversed: boolean,
): Part {
  // Below nought there is nothing; but in tables of later servers it counts from the other end.
  const fromEnd = skip < 0 && (since(call, 7.4) || isValkey(call)) && zsetForm(call, zset) === 'table';
  if (skip < 0 && !fromEnd) return NOTHING;
  const most = count < 0 ? Infinity : count;
  if (reversed) {
    const end = fromEnd ? from - skip : to - skip;
    return end > to ? NOTHING : { from: Math.max(from, end - most), to: end };
  }
  const start = fromEnd ? to + skip : from + skip;
  return start < from ? NOTHING : { from: start, to: Math.min(to, start + most) };
}

const ranging =
  (by: By | undefined, reversed: boolean | undefined) =>
  (call: Call): ByteString => {
    const at = 2;
    // Up to 6.0 ZRANGE knows ranks alone.
    const plain = by === undefined && !since(call, 6.2);
    const command = plain
      ? { at, by: 'rank' as const, reversed: false, stores: false }
      : { at, by, reversed, stores: false };
    const { between, options } = wanted(call, command);
    return rowsReply(call, rowsOf(call, argument(call, 1), between, options), options.withScores);
  };

function store(call: Call): ByteString {
  const { between, options } = wanted(call, { at: 3, by: undefined, reversed: undefined, stores: true });
  const rows = rowsOf(call, argument(call, 2), between, options);
  storeResult(call, argument(call, 1), rows, 'zrangestore');
  return integer(rows.length);
}

const counting =
  (by: 'score' | 'text') =>
  (call: Call): ByteString => {
    const between = limits(call, 2, by, false, true);
    const zset = zsetOf(call, argument(call, 1));
    if (zset === undefined) return no;
    const { from, to } = between(zset);
    return integer(Math.max(0, to - from));
  };

const removing =
  (by: By, event: string) =>
  (call: Call): ByteString => {
    const between = limits(call, 2, by, false);
    const key = argument(call, 1);
    const zset = zsetOf(call, key);
    if (zset === undefined) return no;
    const { from, to } = between(zset);
    const rows = from < to ? scoreIndex(zset.scores).rows(from, to) : [];
    return integer(
      removeScores(
        call,
        key,
        rows.map(([member]) => member),
        event,
      ),
    );
  };

export const sortedSetRanges: Family = {
  zrange: ranging(undefined, undefined),
  zrevrange: ranging('rank', true),
  zrangebyscore: ranging('score', false),
  zrevrangebyscore: ranging('score', true),
  zrangebylex: ranging('text', false),
  zrevrangebylex: ranging('text', true),
  zrangestore: store,
  zcount: counting('score'),
  zlexcount: counting('text'),
  zremrangebyrank: removing('rank', 'zremrangebyrank'),
  zremrangebyscore: removing('score', 'zremrangebyscore'),
  zremrangebylex: removing('text', 'zremrangebylex'),
};
