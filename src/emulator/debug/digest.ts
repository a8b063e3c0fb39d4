import { hash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { doubleText } from '../decimal.ts';
import type { Keyspace } from '../keyspace.ts';
import { idParts, LAST_ID, ZERO_ID } from '../streams/id.ts';
import type { Value, ValueType } from '../value.ts';

const LENGTH = 20;

type Digest = Buffer;
const empty = (): Digest => Buffer.alloc(LENGTH);
const sha1 = (bytes: Buffer): Buffer => hash('sha1', bytes, 'buffer');

/** Adds something whose order does not count. */
function add(digest: Digest, bytes: Buffer): void {
  const other = sha1(bytes);
  for (let at = 0; at < LENGTH; at++) digest[at] = (digest[at] ?? 0) ^ (other[at] ?? 0);
}

/** Adds something whose order counts. */
function mix(digest: Digest, bytes: Buffer): void {
  add(digest, bytes);
  sha1(digest).copy(digest);
}

const raw = (text: ByteString): Buffer => Buffer.from(text, 'latin1');

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const TYPES: Readonly<Record<ValueType, number>> = {
  string: 0,
  list: 1,
  set: 2,
  zset: 3,
  hash: 4,
  vectorset: 5,
  stream: 6,
};

/** Elements that may still be looked at: a digest must not hold up the other visitors. */
export interface DigestBudget {
  left: number;
}
export const digestBudget = (): DigestBudget => ({ left: 30_000 });

/** DEBUG DIGEST-VALUE: a hash over a value and whether it has a time to live, the same on every release. */
export function valueDigest(database: Keyspace, key: ByteString, budget: DigestBudget): string {
  const digest = empty();
  const value = database.peek(key);
  if (value !== undefined) addValue(digest, value, database.expires(key), budget);
  return digest.toString('hex');
}

/** DEBUG DIGEST: over everything that is there, as far as the budget goes. */
export function worldDigest(databases: readonly Keyspace[], now: number): string {
  const digest = empty();
  const budget = digestBudget();
  for (const [index, database] of databases.entries()) {
    const keys = database.keys(now);
    if (keys.length > 0) mix(digest, number(index));
    for (const key of keys) {
      if (budget.left-- <= 0) break;
      const own = empty();
      mix(own, raw(key));
      const value = database.peek(key);
      if (value !== undefined) addValue(own, value, database.expires(key), budget);
      add(digest, own);
    }
  }
  return digest.toString('hex');
}

function addValue(digest: Digest, value: Value, expires: number | undefined, budget: DigestBudget): void {
  mix(digest, number(TYPES[value.type]));
  addContent(digest, value, budget);
  if (expires !== undefined) add(digest, raw('!!expire!!'));
}

function addContent(digest: Digest, value: Value, budget: DigestBudget): void {
  const together = (...parts: ByteString[]): void => {
    const own = empty();
    for (const part of parts) mix(own, raw(part));
    add(digest, own);
  };
  switch (value.type) {
    case 'string':
      return mix(digest, raw(value.text));
    case 'list':
      for (const item of value.items.slice(0, Math.max(0, budget.left))) {
        budget.left--;
        mix(digest, raw(item));
      }
      return;
    case 'set':
      for (const member of within(budget, value.members)) add(digest, raw(member));
      return;
    case 'zset':
      for (const [member, score] of within(budget, value.scores.byMember))
        together(member, doubleText(score));
      return;
    case 'hash':
      for (const pair of within(budget, value.fields)) together(...pair);
      return;
    // What its module would add is not known.
    case 'vectorset':
      return;
    case 'stream':
      for (const { id, fields, values } of value.stream.entries.range(
        ZERO_ID,
        LAST_ID,
        Math.max(0, budget.left),
      )) {
        const { ms, seq } = idParts(id);
        mix(digest, raw(`${ms}.${seq}`));
        budget.left--;
        for (const [at, field] of within(budget, fields.entries())) {
          mix(digest, raw(field));
          mix(digest, raw(values[at] ?? ''));
        }
      }
  }
}

function* within<T>(budget: DigestBudget, elements: Iterable<T>): Iterable<T> {
  for (const element of elements) {
    if (budget.left-- <= 0) return;
    yield element;
  }
}
