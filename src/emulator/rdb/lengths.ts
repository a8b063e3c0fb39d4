import type { Budget } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Malformed } from './malformed.ts';

/** The two highest bits of a first byte that announce a string in a form of its own. */
export const SPECIAL = 0xc0;
const BITS_14 = 0x40;
const BITS_32 = 0x80;
const BITS_64 = 0x81;

/** An RDB length: 6, 14, 32 or 64 bits, big-endian. */
export function readWide(reader: ByteReader): bigint {
  const first = reader.byte();
  switch (first & SPECIAL) {
    case 0:
      return BigInt(first);
    case BITS_14:
      return BigInt(((first & 0x3f) << 8) | reader.byte());
    case SPECIAL:
      throw new Malformed('a string where a length should be');
    default:
      if (first === BITS_32) return BigInt(reader.u32Big());
      if (first === BITS_64) return reader.u64Big();
      throw new Malformed('an unknown form of length');
  }
}

export function readLength(reader: ByteReader): number {
  const value = readWide(reader);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed('a length beyond all bounds');
  return Number(value);
}

/** A count of things that take `least` bytes each at the least, so more cannot follow. */
export function readCount(reader: ByteReader, budget: Budget, least = 1): number {
  const count = readLength(reader);
  if (count > reader.left / least) throw new Malformed('more items promised than bytes are left');
  budget.spend(count);
  return count;
}

export function writeLength(writer: ByteWriter, value: number | bigint): void {
  if (value < 0x40) writer.byte(Number(value));
  else if (value < 0x4000) {
    writer.byte(BITS_14 | (Number(value) >> 8));
    writer.byte(Number(value) & 0xff);
  } else if (value < 0x1_0000_0000) {
    writer.byte(BITS_32);
    writer.u32Big(Number(value));
  } else {
    writer.byte(BITS_64);
    writer.u64Big(BigInt(value));
  }
}
