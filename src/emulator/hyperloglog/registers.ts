import type { ByteString } from '../../model/bytes.ts';
import { murmurHash } from './murmur-hash.ts';

export const REGISTERS = 16_384;
const INDEX_BITS = 14;
/** Bits of a hash beside its index. */
export const RANK_BITS = 50;
const SEED = 0xadc8_3b19;

/** Which register an element counts in, and what for: the place of the first bit that is set in the rest of its hash. */
export function placeOf(element: ByteString): { readonly index: number; readonly rank: number } {
  const { high, low } = murmurHash(element, SEED);
  const rest = (low >>> INDEX_BITS) | (high << (32 - INDEX_BITS));
  const above = (high >>> INDEX_BITS) | (1 << (RANK_BITS - 32));
  return {
    index: low & (REGISTERS - 1),
    rank: rest === 0 ? 33 + trailingZeros(above) : 1 + trailingZeros(rest),
  };
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

const ALPHA = 0.721_347_520_444_481_7;

/** How many different elements were added, as the server estimates it (Ertl, 2017). */
export function cardinality(registers: Uint8Array): number {
  const counts = Array.from({ length: 64 }, () => 0);
  for (const rank of registers) counts[rank] = (counts[rank] ?? 0) + 1;
  let z = REGISTERS * tau((REGISTERS - (counts[RANK_BITS + 1] ?? 0)) / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank--) z = (z + (counts[rank] ?? 0)) * 0.5;
  z += REGISTERS * sigma((counts[0] ?? 0) / REGISTERS);
  return Math.round((ALPHA * REGISTERS * REGISTERS) / z);
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z, before] = [share, 1, 1 - share, 0];
  do {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  } while (before !== z);
  return z / 3;
}

function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [x, y, z, before] = [share, 1, share, 0];
  do {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  } while (before !== z);
  return z;
}
