import type { ByteString } from '../../model/bytes.ts';
import type { Value } from '../value.ts';
import type { Budget } from './budget.ts';
import { SCORED_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { readCount } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { readString } from './strings.ts';

/** Members and scores in turn; the scores as text before RDB 8, as doubles since. */
export function readZset(reader: ByteReader, budget: Budget, binary: boolean): Value {
  const byMember = new Map<ByteString, number>();
  const count = readCount(reader, budget, 2);
  budget.spend(SCORED_COST * count);
  for (let left = count; left > 0; left--) {
    const member = readString(reader, budget);
    byMember.set(member, binary ? reader.double() : readScore(reader));
  }
  return zsetOf(byMember, count);
}

const NAN = 253;
const INFINITE = 254;
const MINUS_INFINITE = 255;

function readScore(reader: ByteReader): number {
  const length = reader.byte();
  if (length === NAN) return Number.NaN;
  if (length === INFINITE) return Infinity;
  return length === MINUS_INFINITE ? -Infinity : scoreOf(reader.text(length));
}

export function pairedZset(items: readonly ByteString[], budget: Budget): Value {
  if (items.length % 2 === 1) throw new Malformed('a member without score');
  budget.spend((SCORED_COST * items.length) / 2);
  const byMember = new Map<ByteString, number>();
  for (let index = 0; index < items.length; index += 2) {
    byMember.set(items[index] ?? '', scoreOf(items[index + 1] ?? ''));
  }
  return zsetOf(byMember, items.length / 2);
}

function scoreOf(text: ByteString): number {
  if (text === 'inf') return Infinity;
  if (text === '-inf') return -Infinity;
  if (text.length > 64 || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    throw new Malformed('a score that is no number');
  }
  return Number(text);
}

function zsetOf(byMember: Map<ByteString, number>, count: number): Value {
  if (count === 0) throw new Malformed('an empty sorted set');
  if (byMember.size !== count) throw new Malformed('a member that is there twice');
  for (const score of byMember.values())
    if (Number.isNaN(score)) throw new Malformed('a score that is no number');
  return { type: 'zset', scores: { byMember } };
}
