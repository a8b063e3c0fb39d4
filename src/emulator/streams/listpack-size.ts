import type { ByteString } from '../../model/bytes.ts';

/** Header and end of a listpack. */
export const LISTPACK_EMPTY = 7;

/** What a string takes in a listpack, its length at the end included; numbers are kept as such. */
export function itemSize(text: ByteString): number {
  const whole = text.length <= 20 && /^(0|-?[1-9]\d*)$/.test(text) ? BigInt(text) : undefined;
  if (whole !== undefined && BigInt.asIntN(64, whole) === whole) return wholeSize(whole);
  const { length } = text;
  const head = length < 64 ? 1 : length < 4_096 ? 2 : 5;
  return withTail(head + length);
}

export function wholeSize(value: bigint): number {
  if (value >= 0n && value <= 127n) return 2;
  for (const [bits, size] of SIZES) if (BigInt.asIntN(bits, value) === value) return size;
  return 10;
}

const SIZES = [
  [13, 3],
  [16, 4],
  [24, 5],
  [32, 6],
] as const;

function withTail(size: number): number {
  return size + (size <= 127 ? 1 : size < 16_383 ? 2 : size < 2_097_151 ? 3 : size < 268_435_455 ? 4 : 5);
}
