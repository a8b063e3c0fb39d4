import type { ByteString } from '../../model/bytes.ts';
import type { Budget } from './budget.ts';
import { ITEM_COST } from './budget.ts';
import { createByteReader } from './byte-reader.ts';
import { createByteWriter } from './byte-writer.ts';
import { fits } from './integer-text.ts';
import { Malformed } from './malformed.ts';

/** Sorted integers, all as wide as the widest needs. */
export function packIntset(values: readonly bigint[]): Buffer {
  const sorted = values.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const width = [2, 4].find((bytes) => sorted.every((value) => fits(value, 8 * bytes))) ?? 8;
  const writer = createByteWriter(8 + width * sorted.length);
  writer.u32(width);
  writer.u32(sorted.length);
  for (const value of sorted) {
    if (width === 8) writer.i64(value);
    else if (width === 4) writer.u32(Number(BigInt.asUintN(32, value)));
    else writer.u16(Number(BigInt.asUintN(16, value)));
  }
  return writer.written();
}

export function unpackIntset(bytes: Buffer, budget: Budget): ByteString[] {
  const reader = createByteReader(bytes);
  const width = reader.u32();
  const count = reader.u32();
  if (![2, 4, 8].includes(width) || count * width !== reader.left)
    throw new Malformed('an intset of a wrong length');
  const members: ByteString[] = [];
  let before: bigint | undefined;
  for (let index = 0; index < count; index++) {
    const value =
      width === 8 ? reader.i64() : BigInt(width === 4 ? reader.u32() | 0 : (reader.u16() << 16) >> 16);
    if (before !== undefined && value <= before) throw new Malformed('an intset out of order');
    before = value;
    const member = String(value);
    budget.spend(ITEM_COST + member.length);
    members.push(member);
  }
  return members;
}
