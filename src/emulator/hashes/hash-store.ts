import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { touched, valueOf } from '../command.ts';
import { hashForm, threshold } from '../encoding.ts';
import { notify } from '../notify.ts';
import type { ValueOf } from '../value.ts';
import { memberBytes } from '../value.ts';
import { orderGains, orderOf } from '../value-order.ts';
import { since } from '../version.ts';
import { expireHash, removeFields } from './field-expiry.ts';

export type HashValue = ValueOf<'hash'>;

/** A hash without the fields that are past their time. */
export function hashOf(call: Call, key: ByteString): HashValue | undefined {
  const hash = valueOf(call, key, 'hash');
  if (hash?.expiries === undefined || hash.expiries.size === 0) return hash;
  expireHash(call, { key, db: call.db, index: call.client.db });
  return valueOf(call, key, 'hash');
}

/** Changes the hash of a key, made if need be: `change` returns the bytes that it grew by. */
export function changeHash(call: Call, key: ByteString, change: (hash: HashValue) => number): void {
  const there = hashOf(call, key);
  const hash: HashValue = there ?? { type: 'hash', fields: new Map(), form: 'packed' };
  const grown = change(hash);
  if (there === undefined) call.db.set(key, hash);
  else call.db.changed(key, grown);
}

/** Before fields and values are written: a packed hash becomes a table when one of them is too long. */
export function expectFields(call: Call, hash: HashValue, words: readonly ByteString[]): void {
  if (hashForm(call, hash) === 'table') return;
  const longest = threshold(call, 'hash-max-listpack-value');
  const many = since(call, 7.2) && words.length / 2 > threshold(call, 'hash-max-listpack-entries');
  if (many || words.some(({ length }) => length > longest)) hash.form = 'table';
}

/** Writes one field; returns the bytes that the hash grew by. `keepTime`: it goes on to be due when it was. */
export function putField(
  call: Call,
  hash: HashValue,
  field: ByteString,
  value: ByteString,
  keepTime = false,
): number {
  const { fields } = hash;
  const old = fields.get(field);
  if (old !== undefined) {
    fields.set(field, ownedBytes(value));
    if (!keepTime && hash.expiries?.delete(field) === true) place(hash, field);
    return value.length - old.length;
  }
  if (hashForm(call, hash) !== 'table' && fields.size + 1 > threshold(call, 'hash-max-listpack-entries')) {
    hash.form = 'table';
  }
  const kept = ownedBytes(field);
  fields.set(kept, ownedBytes(value));
  orderGains(fields, kept);
  return memberBytes([kept, value]);
}

/** Gives a field a time, or (undefined) takes its time away. */
export function setFieldTime(call: Call, hash: HashValue, field: ByteString, at: number | undefined): void {
  if (at !== undefined) {
    timed(call, hash);
    hash.expiries?.set(field, at);
  } else hash.expiries?.delete(field);
  place(hash, field);
}

/** From now on it can have fields with a time. */
export function timed(call: Call, hash: HashValue): void {
  if (hashForm(call, hash) === 'packed') hash.form = 'timed';
  hash.expiries ??= new Map();
}

/** A packed hash with times keeps its fields by them, the soonest first and those without one last. */
function place(hash: HashValue, field: ByteString): void {
  if (hash.form !== 'timed') return;
  const { fields, expiries } = hash;
  const value = fields.get(field) ?? '';
  const at = expiries?.get(field);
  fields.delete(field);
  const rest = [...fields];
  const before =
    at === undefined ? -1 : rest.findIndex(([other]) => (expiries?.get(other) ?? Infinity) >= at);
  rest.splice(before < 0 ? rest.length : before, 0, [field, value]);
  fields.clear();
  for (const [name, content] of rest) fields.set(name, content);
}

/** HDEL: removes fields and tells of it; returns how many were there. */
export function dropFields(
  call: Call,
  key: ByteString,
  wanted: readonly ByteString[],
  event = 'hdel',
): number {
  const hash = hashOf(call, key);
  if (hash === undefined) return 0;
  hashForm(call, hash);
  const gone = [...new Set(wanted)].filter((field) => hash.fields.has(field));
  if (gone.length === 0) return 0;
  const grown = removeFields(hash, gone);
  const empty = hash.fields.size === 0;
  call.db.changed(key, grown);
  touched(call, key, gone.length);
  notify(call, 'h', event, key);
  if (empty) notify(call, 'g', 'del', key);
  return gone.length;
}

/** Fields as a real server lists them: a packed hash as it came, a table by its buckets. */
export function fieldsInOrder(call: Call, hash: HashValue): Iterable<ByteString> {
  return hashForm(call, hash) === 'table' ? orderOf(call.world, hash.fields).all() : hash.fields.keys();
}
