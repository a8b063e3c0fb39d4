import type { ByteString } from '../../model/bytes.ts';
import { OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, NO_SUCH_KEY, no, SYNTAX, touched, yes } from '../command.ts';
import { copyOf } from '../copy-value.ts';
import { schedule } from '../hashes/field-expiry.ts';
import type { Keyspace } from '../keyspace.ts';
import { notify } from '../notify.ts';
import type { Value } from '../value.ts';
import { since } from '../version.ts';
import { databaseArgument, lookup } from './lookup.ts';

interface Place {
  readonly db: Keyspace;
  readonly index: number;
}

/** A hash takes the times of its fields with it. */
function takeAlong(call: Call, key: ByteString, value: Value, place: Place): void {
  if (value.type !== 'hash' || value.expiries === undefined) return;
  let at = Infinity;
  for (const time of value.expiries.values()) at = Math.min(at, time);
  if (at < Infinity) schedule(call, { key, at, ...place });
}

function rename(call: Call, onlyNew: boolean): ByteString {
  const [from, to] = [argument(call, 1), argument(call, 2)];
  const value = lookup(call, from);
  if (value === undefined) fail(NO_SUCH_KEY);
  if (from === to) return onlyNew ? no : OK;
  if (onlyNew && lookup(call, to) !== undefined) return no;
  const expires = call.db.expires(from);
  call.db.delete(from, call.now);
  call.db.delete(to, call.now);
  call.db.set(to, value, expires);
  takeAlong(call, to, value, { db: call.db, index: call.client.db });
  touched(call, from);
  touched(call, to);
  notify(call, 'g', 'rename_from', from);
  notify(call, 'g', 'rename_to', to);
  return onlyNew ? yes : OK;
}

const SAME = 'ERR source and destination objects are the same';
const OLD_INDEX = 'ERR index out of range';

function moveTarget(call: Call): number {
  if (since(call, 6.2)) return databaseArgument(call, argument(call, 2));
  const index = integerArgument(argument(call, 2), OLD_INDEX);
  if (call.world.databases[index] === undefined) fail(OLD_INDEX);
  return index;
}

function move(call: Call): ByteString {
  const key = argument(call, 1);
  const index = moveTarget(call);
  const target = call.world.databases[index];
  if (target === undefined || index === call.client.db) fail(SAME);
  const value = lookup(call, key);
  if (value === undefined || lookup(call, key, target) !== undefined) return no;
  const expires = call.db.expires(key);
  call.db.delete(key, call.now);
  target.set(key, value, expires);
  takeAlong(call, key, value, { db: target, index });
  touched(call, key);
  touched(call, key, 0, index);
  notify(call, 'g', 'move_from', key);
  notify(call, 'g', 'move_to', key, index);
  return yes;
}

function copy(call: Call): ByteString {
  const [from, to] = [argument(call, 1), argument(call, 2)];
  let index = call.client.db;
  let replace = false;
  for (let at = 3; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (word === 'replace') replace = true;
    else if (word === 'db' && at + 1 < call.argv.length) index = databaseArgument(call, argument(call, ++at));
    else fail(SYNTAX);
  }
  const target = call.world.databases[index];
  if (target === undefined || (index === call.client.db && from === to)) fail(SAME);
  const value = lookup(call, from);
  if (value === undefined) return no;
  const taken = lookup(call, to, target) !== undefined;
  if (taken && !replace) return no;
  if (value.type === 'vectorset') fail('ERR not supported for this module key');
  if (taken) target.delete(to, call.now);
  const copied = copyOf(value);
  target.set(to, copied, call.db.expires(from));
  takeAlong(call, to, copied, { db: target, index });
  touched(call, to, 1, index);
  notify(call, 'g', 'copy_to', to, index);
  return yes;
}

export const keyMoves: Family = {
  rename: (call) => rename(call, false),
  renamenx: (call) => rename(call, true),
  move,
  copy,
};
