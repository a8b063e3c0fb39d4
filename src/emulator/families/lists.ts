import type { ByteString } from '../../model/bytes.ts';
import { bulk, bulks, EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import { atLeast, NOT_POSITIVE } from '../argument-range.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, nilArray, no } from '../command.ts';
import { listEdits } from '../lists/edit.ts';
import type { Side } from '../lists/list-store.ts';
import { listOf, popItem, popItems, pushItems } from '../lists/list-store.ts';
import { listMoves } from '../lists/move.ts';
import { listReads } from '../lists/read.ts';

function push(call: Call, side: Side): ByteString {
  return integer(pushItems(call, argument(call, 1), call.argv.slice(2), side));
}

function pushToExisting(call: Call, side: Side): ByteString {
  return listOf(call, argument(call, 1)) === undefined ? no : push(call, side);
}

function pop(call: Call, side: Side): ByteString {
  const key = argument(call, 1);
  if (call.argv.length > 3)
    fail(`ERR wrong number of arguments for '${argument(call, 0).toLowerCase()}' command`);
  if (call.argv.length === 2) {
    const item = popItem(call, key, side);
    return item === undefined ? nil(call) : bulk(item);
  }
  const count = atLeast(argument(call, 2), 0, NOT_POSITIVE);
  if (listOf(call, key) === undefined) return nilArray(call);
  return count === 0 ? EMPTY_ARRAY : bulks(popItems(call, key, side, count));
}

export const lists: Family = {
  ...listReads,
  ...listEdits,
  ...listMoves,
  lpush: (call) => push(call, 'left'),
  rpush: (call) => push(call, 'right'),
  lpushx: (call) => pushToExisting(call, 'left'),
  rpushx: (call) => pushToExisting(call, 'right'),
  lpop: (call) => pop(call, 'left'),
  rpop: (call) => pop(call, 'right'),
};
