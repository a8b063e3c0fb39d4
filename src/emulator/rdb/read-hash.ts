import type { ByteString } from '../../model/bytes.ts';
import type { Value } from '../value.ts';
import type { Budget } from './budget.ts';
import { MEMBER_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { integerOf } from './integer-text.ts';
import { readCount, readWide } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { readString } from './strings.ts';

/** Fields and values in turn. */
export function readHash(reader: ByteReader, budget: Budget): Value {
  const items: ByteString[] = [];
  for (let left = 2 * readCount(reader, budget, 2); left > 0; left--) items.push(readString(reader, budget));
  return pairedHash(items, budget);
}

export function pairedHash(items: readonly ByteString[], budget: Budget): Value {
  if (items.length % 2 === 1) throw new Malformed('a field without value');
  const fields = new Map<ByteString, ByteString>();
  for (let index = 0; index < items.length; index += 2) {
    const field = items[index] ?? '';
    // A small hash in which a field is twice is taken by real servers, which find the first.
    if (!fields.has(field)) fields.set(field, items[index + 1] ?? '');
  }
  return hashOf(fields, new Map(), budget);
}

/** For every field its time, less the least one of all plus 1 (0: none), the field, the value. */
export function readHashWithTimes(reader: ByteReader, budget: Budget, relative: boolean): Value {
  const least = relative ? reader.i64() : 1n;
  const fields = new Map<ByteString, ByteString>();
  const expiries = new Map<ByteString, number>();
  const count = readCount(reader, budget, 3);
  for (let left = count; left > 0; left--) {
    const time = readWide(reader);
    const field = readString(reader, budget);
    fields.set(field, readString(reader, budget));
    if (time !== 0n) expiries.set(field, timeOf(time + least - 1n));
  }
  return hashOf(fields, expiries, budget);
}

/** Field, value and time in turn. */
export function timedHash(items: readonly ByteString[], budget: Budget): Value {
  if (items.length % 3 !== 0) throw new Malformed('a field without value or time');
  const fields = new Map<ByteString, ByteString>();
  const expiries = new Map<ByteString, number>();
  for (let index = 0; index < items.length; index += 3) {
    const field = items[index] ?? '';
    fields.set(field, items[index + 1] ?? '');
    const time = integerOf(items[index + 2] ?? '');
    if (time === undefined) throw new Malformed('a time that is no number');
    if (time !== 0n) expiries.set(field, timeOf(time));
  }
  return hashOf(fields, expiries, budget);
}

/** The longest time to live that a field can have, 2^46 - 1. */
const LATEST = 70_368_744_177_663n;

function timeOf(value: bigint): number {
  if (value < 0n || value > LATEST) throw new Malformed('a time beyond all bounds');
  return Number(value);
}

function hashOf(
  fields: Map<ByteString, ByteString>,
  expiries: Map<ByteString, number>,
  budget: Budget,
): Value {
  budget.spend(MEMBER_COST * fields.size);
  if (fields.size === 0) throw new Malformed('an empty hash');
  return expiries.size === 0 ? { type: 'hash', fields } : { type: 'hash', fields, expiries };
}
