import { ownedBytes } from '../../model/bytes.ts';
import type { ByteString } from '../../model/bytes.ts';
import { bulk, bulks, integer, OK } from '../../wire/resp-reply.ts';
import {
  argument,
  fail,
  integerArgument,
  nil,
  no,
  NO_SUCH_KEY,
  SYNTAX,
  touched,
  valueOf,
} from '../command.ts';
import type { Call, Family } from '../command.ts';
import { itemBytes } from '../keyspace.ts';

function push(call: Call, side: 'left' | 'right', onlyExisting: boolean): ByteString {
  const key = argument(call, 1);
  const list = valueOf(call, key, 'list');
  if (list === undefined && onlyExisting) return no;
  const items = call.argv.slice(2).map(ownedBytes);
  if (side === 'left') items.reverse();
  touched(call, key, items.length);
  if (list === undefined) {
    call.db.set(key, { type: 'list', items });
    return integer(items.length);
  }
  if (side === 'left') list.items = items.concat(list.items);
  else for (const item of items) list.items.push(item);
  call.db.changed(key, itemBytes(items));
  return integer(list.items.length);
}

function pop(call: Call, side: 'left' | 'right', key = argument(call, 1)): ByteString | undefined {
  const list = valueOf(call, key, 'list');
  const item = side === 'left' ? list?.items.shift() : list?.items.pop();
  if (item === undefined) return undefined;
  call.db.changed(key, -itemBytes([item]));
  touched(call, key);
  return item;
}

/** Start and end of a range with negative indexes from the end; end is exclusive. */
export function range(call: Call, length: number): { from: number; to: number } {
  const first = integerArgument(argument(call, 2));
  const last = integerArgument(argument(call, 3));
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
  const at = list.items.indexOf(argument(call, 3));
  if (at < 0) return integer(-1);
  list.items.splice(where === 'before' ? at : at + 1, 0, ownedBytes(argument(call, 4)));
  call.db.changed(key, itemBytes([argument(call, 4)]));
  touched(call, key);
  return integer(list.items.length);
}

function removeItems(call: Call): ByteString {
  const key = argument(call, 1);
  const count = integerArgument(argument(call, 2));
  const list = valueOf(call, key, 'list');
  if (list === undefined) return no;
  const wanted = argument(call, 3);
  let left = count === 0 ? list.items.length : Math.abs(count);
  const keep = (item: ByteString): boolean => item !== wanted || left-- <= 0;
  const kept = count < 0 ? list.items.toReversed().filter(keep).reverse() : list.items.filter(keep);
  const removed = list.items.length - kept.length;
  list.items = kept;
  call.db.changed(key, -removed * itemBytes([wanted]));
  if (removed > 0) touched(call, key, removed);
  return integer(removed);
}

function trim(call: Call): ByteString {
  const key = argument(call, 1);
  const list = valueOf(call, key, 'list');
  if (list === undefined) return OK;
  const { from, to } = range(call, list.items.length);
  const before = itemBytes(list.items);
  list.items.splice(to);
  list.items.splice(0, from);
  call.db.changed(key, itemBytes(list.items) - before);
  touched(call, key);
  return OK;
}

export const lists: Family = {
  lpush: (call) => push(call, 'left', false),
  rpush: (call) => push(call, 'right', false),
  lpushx: (call) => push(call, 'left', true),
  rpushx: (call) => push(call, 'right', true),
  lpop: (call) => bulkOrNil(call, pop(call, 'left')),
  rpop: (call) => bulkOrNil(call, pop(call, 'right')),
  rpoplpush: (call) => {
    valueOf(call, argument(call, 2), 'list');
    const item = pop(call, 'right');
    if (item === undefined) return nil(call);
    push({ ...call, argv: ['lpush', argument(call, 2), item] }, 'left', false);
    return bulk(item);
  },
  llen: (call) => integer(valueOf(call, argument(call, 1), 'list')?.items.length ?? 0),
  lrange: (call) => {
    const items = valueOf(call, argument(call, 1), 'list')?.items ?? [];
    const { from, to } = range(call, items.length);
    return bulks(items.slice(from, to));
  },
  lindex: (call) => {
    const items = valueOf(call, argument(call, 1), 'list')?.items ?? [];
    return bulkOrNil(call, items.at(integerArgument(argument(call, 2))));
  },
  lset: (call) => {
    const key = argument(call, 1);
    const list = valueOf(call, key, 'list');
    if (list === undefined) fail(NO_SUCH_KEY);
    const index = integerArgument(argument(call, 2));
    const at = index < 0 ? list.items.length + index : index;
    const old = list.items[at];
    if (old === undefined) fail('ERR index out of range');
    list.items[at] = ownedBytes(argument(call, 3));
    call.db.changed(key, argument(call, 3).length - old.length);
    touched(call, key);
    return OK;
  },
  linsert: insert,
  lrem: removeItems,
  ltrim: trim,
};

function bulkOrNil(call: Call, item: ByteString | undefined): ByteString {
  return item === undefined ? nil(call) : bulk(item);
}
