import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { integer, OK } from '../../wire/resp-reply.ts';
import { bounds, range } from '../argument-range.ts';
import type { Call, Family } from '../command.ts';
import { argument, exactInteger, fail, integerArgument, LEAST, NO_SUCH_KEY, no, SYNTAX } from '../command.ts';
import { itemBytes } from '../value.ts';
import { since } from '../version.ts';
import { expectItems, hasGrown, hasShrunk, listOf, settle } from './list-store.ts';

function insert(call: Call): ByteString {
  const where = argument(call, 2).toLowerCase();
  if (where !== 'before' && where !== 'after') fail(SYNTAX);
  const key = argument(call, 1);
  const list = listOf(call, key);
  if (list === undefined) return no;
  const item = ownedBytes(argument(call, 4));
  expectItems(call, list, [item]);
  const at = list.items.indexOf(argument(call, 3));
  if (at < 0) return integer(-1);
  hasGrown(call, list, [item]);
  list.items.insert(where === 'before' ? at : at + 1, item);
  settle(call, key, list, itemBytes([item]), 1, 'linsert');
  return integer(list.items.length);
}

function remove(call: Call): ByteString {
  const key = argument(call, 1);
  // From 8.0 on the least number, which has no counterpart, is refused.
  if (since(call, 8) && exactInteger(argument(call, 2)) === LEAST) {
    fail('ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807');
  }
  const count = integerArgument(argument(call, 2));
  const list = listOf(call, key);
  if (list === undefined) return no;
  const item = argument(call, 3);
  const removed = list.items.remove(item, count === 0 ? Infinity : Math.abs(count), count < 0);
  if (removed === 0) return no;
  hasShrunk(
    call,
    list,
    Array.from({ length: removed }, () => item),
  );
  settle(call, key, list, -removed * itemBytes([item]), removed, 'lrem');
  return integer(removed);
}

function trim(call: Call): ByteString {
  const { first, last } = bounds(call);
  const key = argument(call, 1);
  const list = listOf(call, key);
  if (list === undefined) return OK;
  const { items } = list;
  const { from, to } = range(first, last, items.length);
  const gone: ByteString[] = [];
  for (let left = items.length - to; left > 0; left--) gone.push(items.popRight() ?? '');
  for (let left = from; left > 0; left--) gone.push(items.popLeft() ?? '');
  hasShrunk(call, list, gone);
  settle(call, key, list, -itemBytes(gone), since(call, 6.2) ? gone.length : 1, 'ltrim');
  return OK;
}

function set(call: Call): ByteString {
  const key = argument(call, 1);
  const list = listOf(call, key);
  if (list === undefined) fail(NO_SUCH_KEY);
  const index = integerArgument(argument(call, 2));
  const at = index < 0 ? list.items.length + index : index;
  const old = list.items.at(at);
  const item = ownedBytes(argument(call, 3));
  expectItems(call, list, [item]);
  if (old === undefined || at < 0) fail('ERR index out of range');
  hasGrown(call, list, [item]);
  list.items.put(at, item);
  hasShrunk(call, list, [old]);
  settle(call, key, list, item.length - old.length, 1, 'lset');
  return OK;
}

export const listEdits: Family = { linsert: insert, lrem: remove, ltrim: trim, lset: set };
