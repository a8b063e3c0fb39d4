import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { fail, integerArgument } from '../command.ts';
import { expireFields } from '../hashes/field-expiry.ts';
import type { Keyspace } from '../keyspace.ts';
import type { Value } from '../value.ts';

/** The value of a key, whatever its type; without the fields, and so the hashes, whose time is over. */
export function lookup(call: Call, key: ByteString, db: Keyspace = call.db): Value | undefined {
  expireFields(call);
  return db.get(key, call.now);
}

/** The same without using it: OBJECT IDLETIME goes on counting. Not to be changed. */
export function glance(call: Call, key: ByteString): Value | undefined {
  const { db, now } = call;
  expireFields(call);
  const at = db.expires(key);
  return at !== undefined && at <= now ? db.get(key, now) : db.peek(key);
}

const OUT_OF_RANGE = 'ERR DB index is out of range';
const INT_MAX = 2_147_483_647;

/** A database by its number in an argument (6.2 and later; MOVE of 6.0 has its own words). */
export function databaseArgument(call: Call, text: ByteString): number {
  const index = integerArgument(text);
  if (Math.abs(index) > INT_MAX)
    fail('ERR value is out of range, value must between -2147483648 and 2147483647');
  if (call.world.databases[index] === undefined) fail(OUT_OF_RANGE);
  return index;
}
