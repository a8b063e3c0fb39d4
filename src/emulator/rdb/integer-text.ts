import type { ByteString } from '../../model/bytes.ts';

/** A 64-bit integer in the one form that Redis itself prints (string2ll); undefined for every other text. */
export function integerOf(text: ByteString): bigint | undefined {
  const { length } = text;
  if (length === 0 || length > LONGEST) return undefined;
  const negative = text.charCodeAt(0) === MINUS;
  const start = negative ? 1 : 0;
  const leading = text.charCodeAt(start);
  if (leading === ZERO) return length === 1 ? 0n : undefined;
  if (!(leading > ZERO && leading <= NINE)) return undefined;
  for (let index = start + 1; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return undefined;
  }
  const value = length < SAFE_DIGITS ? BigInt(Number(text)) : BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** True when a signed integer of so many bits can hold the value. */
export function fits(value: bigint, bits: number): boolean {
  return BigInt.asIntN(bits, value) === value;
}

const LONGEST = 20;
const SAFE_DIGITS = 16;
const [MINUS, ZERO, NINE] = [45, 48, 57];
