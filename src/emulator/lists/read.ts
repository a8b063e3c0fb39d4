import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import { bounds, range } from '../argument-range.ts';
import type { Call, Family } from '../command.ts';
import { argument, exactInteger, fail, integerArgument, LEAST, nil, SYNTAX } from '../command.ts';
import { since } from '../version.ts';
import { listOf } from './list-store.ts';

interface Wanted {
  rank: number;
  /** Undefined: one place, not a list of them. */
  count: number | undefined;
  most: number;
}

function position(call: Call): ByteString {
  const wanted = positionOptions(call);
  const items = listOf(call, argument(call, 1))?.items;
  if (items === undefined) return wanted.count === undefined ? nil(call) : EMPTY_ARRAY;
  const element = argument(call, 2);
  const backward = wanted.rank < 0;
  let skip = Math.abs(wanted.rank) - 1;
  const looks = wanted.most === 0 ? items.length : Math.min(items.length, wanted.most);
  const needed = wanted.count === undefined ? 1 : wanted.count === 0 ? Infinity : wanted.count;
  const found: number[] = [];
  for (let step = 0; step < looks && found.length < needed; step++) {
    const at = backward ? items.length - 1 - step : step;
    if (items.at(at) !== element) continue;
    if (skip > 0) skip--;
    else found.push(at);
  }
  if (wanted.count !== undefined) return array(found.map(integer));
  return found[0] === undefined ? nil(call) : integer(found[0]);
}

function positionOptions(call: Call): Wanted {
  const wanted: Wanted = { rank: 1, count: undefined, most: 0 };
  for (let at = 3; at < call.argv.length; at += 2) {
    const word = argument(call, at).toLowerCase();
    if (at + 1 >= call.argv.length) fail(SYNTAX);
    const text = argument(call, at + 1);
    if (word === 'rank') wanted.rank = rankOf(call, text);
    else if (word === 'count') wanted.count = notNegative(call, text, "ERR COUNT can't be negative");
    else if (word === 'maxlen') wanted.most = notNegative(call, text, "ERR MAXLEN can't be negative");
    else fail(SYNTAX);
  }
  return wanted;
}

function rankOf(call: Call, text: ByteString): number {
  const rank = exactInteger(text);
  if (since(call, 7.2) && rank === LEAST) {
    fail('ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807');
  }
  if (rank === 0n) {
    fail(
      since(call, 7)
        ? "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list"
        : "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second, ...",
    );
  }
  // Up to 7.0 the least number has no positive counterpart: the last match it is.
  return rank === LEAST ? -1 : Number(rank);
}

function notNegative(call: Call, text: ByteString, message: string): number {
  const value = integerArgument(text, since(call, 7) ? message : undefined);
  if (value < 0) fail(message);
  return value;
}

export const listReads: Family = {
  llen: (call) => integer(listOf(call, argument(call, 1))?.items.length ?? 0),
  lrange: (call) => {
    const { first, last } = bounds(call);
    const items = listOf(call, argument(call, 1))?.items;
    if (items === undefined) return EMPTY_ARRAY;
    const { from, to } = range(first, last, items.length);
    return bulks(items.slice(from, to));
  },
  lindex: (call) => {
    const items = listOf(call, argument(call, 1))?.items;
    if (items === undefined) return nil(call);
    const item = items.at(integerArgument(argument(call, 2)));
    return item === undefined ? nil(call) : bulk(item);
  },
  lpos: position,
};
