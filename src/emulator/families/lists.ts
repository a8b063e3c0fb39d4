import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { bulk, bulks, EMPTY_ARRAY, integer, OK } from '../../wire/resp-reply.ts';
import { createByteList } from '../byte-list.ts';
import type { Call, Family } from '../command.ts';
import {
  argument,
  fail,
  integerArgument,
  NO_SUCH_KEY,
  nil,
  no,
  SYNTAX,
  touched,
  valueOf,
} from '../command.ts';
import { itemBytes } from '../value.ts';

function push(call: Call, side: 'left' | 'right', onlyExisting = false): ByteString {
  const list = valueOf(call, argument(call, 1), 'list');
  if (list === undefined && onlyExisting) return no;
  return integer(pushItems(call, argument(call, 1), call.argv.slice(2), side));
}

function pushItems(
  call: Call,
  key: ByteString,
  words: readonly ByteString[],
  side: 'left' | 'right',
): number {
  const list = valueOf(call, key, 'list');
  const items = list?.items ?? createByteList();
  for (const word of words) {
    if (side === 'left') items.pushLeft(ownedBytes(word));
    else items.pushRight(ownedBytes(word));
  }
  if (list === undefined) call.db.set(key, { type: 'list', items });
  else call.db.changed(key, itemBytes(words));
  touched(call, key, words.length);
  return items.length;
}

function pop(call: Call, side: 'left' | 'right', key = argument(call, 1)): ByteString | undefined {
  const list = valueOf(call, key, 'list');
  const item = side === 'left' ? list?.items.popLeft() : list?.items.popRight();
  if (item === undefined) return undefined;
  call.db.changed(key, -itemBytes([item]));
  touched(call, key);
  return item;
}

export function bounds(call: Call): { first: number; last: number } {
  return { first: integerArgument(argument(call, 2)), last: integerArgument(argument(call, 3)) };
}

/** The part of `length` items that negative indexes from the end may name; `to` is exclusive. */
export function range(first: number, last: number, length: number): { from: number; to: number } {
  const from = first < 0 ? Math.max(0, length + first) : first;
  const to = (last < 0 ? length + last : Math.min(last, length - 1)) + 1;
  return from >= to ? { from: 0, to: 0 } : { from, to };
}

function insert(call: Call): ByteString {
  const where = argument(call, 2).toLowerCase();
  if (where !== 'before' && where !== 'after') fail(SYNTAX);
  const key = argument(call, 1);
  const list = valueOf(call, key, 'list');
  if (list === undefined) return no;
  const items = list.items.slice();
  const at = items.indexOf(argument(call, 3));
  if (at < 0) return integer(-1);
  items.splice(where === 'before' ? at : at + 1, 0, ownedBytes(argument(call, 4)));
  list.items.replace(items);
  call.db.changed(key, itemBytes([argument(call, 4)]));
  touched(call, key);
  return integer(items.length);
}

function removeItems(call: Call): ByteString {
  const key = argument(call, 1);
  const count = integerArgument(argument(call, 2));
  const list = valueOf(call, key, 'list');
  if (list === undefined) return no;
  const wanted = argument(call, 3);
  const items = list.items.slice();
  let left = count === 0 ? items.length : Math.abs(count);
  const keep = (item: ByteString): boolean => item !== wanted || left-- <= 0;
  const kept = count < 0 ? items.toReversed().filter(keep).toReversed() : items.filter(keep);
  const removed = items.length - kept.length;
  if (removed === 0) return no;
  list.items.replace(kept);
  call.db.changed(key, -removed * itemBytes([wanted]));
  touched(call, key, removed);
  return integer(removed);
}

function trim(call: Call): ByteString {
  const { first, last } = bounds(call);
  const key = argument(call, 1);
  const list = valueOf(call, key, 'list');
  if (list === undefined) return OK;
  const { from, to } = range(first, last, list.items.length);
  const gone = [...list.items.slice(0, from), ...list.items.slice(to)];
  list.items.replace(list.items.slice(from, to));
  call.db.changed(key, -itemBytes(gone));
  touched(call, key);
  return OK;
}

function set(call: Call): ByteString {
  const key = argument(call, 1);
  const list = valueOf(call, key, 'list');
  if (list === undefined) fail(NO_SUCH_KEY);
  const index = integerArgument(argument(call, 2));
  const at = index < 0 ? list.items.length + index : index;
  const old = list.items.at(at);
  if (old === undefined || at < 0) fail('ERR index out of range');
  const item = ownedBytes(argument(call, 3));
  list.items.put(at, item);
  call.db.changed(key, item.length - old.length);
  touched(call, key);
  return OK;
}

function rotate(call: Call): ByteString {
  const [from, to] = [argument(call, 1), argument(call, 2)];
  const source = valueOf(call, from, 'list');
  if (source === undefined) return nil(call);
  valueOf(call, to, 'list');
  const item = source.items.at(-1) ?? '';
  // The target first: a list that turns into itself must not be empty, and so gone, in between.
  pushItems(call, to, [item], 'left');
  pop(call, 'right', from);
  return bulk(item);
}

export const lists: Family = {
  lpush: (call) => push(call, 'left'),
  rpush: (call) => push(call, 'right'),
  lpushx: (call) => push(call, 'left', true),
  rpushx: (call) => push(call, 'right', true),
  lpop: (call) => bulkOrNil(call, pop(call, 'left')),
  rpop: (call) => bulkOrNil(call, pop(call, 'right')),
  rpoplpush: rotate,
  llen: (call) => integer(valueOf(call, argument(call, 1), 'list')?.items.length ?? 0),
  lrange: (call) => {
    const { first, last } = bounds(call);
    const items = valueOf(call, argument(call, 1), 'list')?.items;
    if (items === undefined) return EMPTY_ARRAY;
    const { from, to } = range(first, last, items.length);
    return bulks(items.slice(from, to));
  },
  lindex: (call) => {
    const items = valueOf(call, argument(call, 1), 'list')?.items;
    return items === undefined ? nil(call) : bulkOrNil(call, items.at(integerArgument(argument(call, 2))));
  },
  lset: set,
  linsert: insert,
  lrem: removeItems,
  ltrim: trim,
};

function bulkOrNil(call: Call, item: ByteString | undefined): ByteString {
  return item === undefined ? nil(call) : bulk(item);
}
