import type { ByteString } from '../../model/bytes.ts';

const DIGITS = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit += 1) {
  const character = digit.toString(16);
  DIGITS[character.charCodeAt(0)] = digit;
  DIGITS[character.toUpperCase().charCodeAt(0)] = digit;
}

/** The digit that stands at a place; -1 when none does. */
export function hexDigit(value: ByteString, at: number): number {
  return at < value.length ? (DIGITS[value.charCodeAt(at)] ?? -1) : -1;
}

/** The byte that two hex digits at a place make; -1 when they are not there. */
export function hexByte(value: ByteString, at: number): number {
  const high = hexDigit(value, at);
  const low = hexDigit(value, at + 1);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** The code that four hex digits at a place make; -1 when they are not there. */
export function hexCode(value: ByteString, at: number): number {
  const high = hexByte(value, at);
  const low = hexByte(value, at + 2);
  return high < 0 || low < 0 ? -1 : high * 256 + low;
}

/**
 * The byte that stands for a 16-bit code: its lower half, but the full-width forms of ASCII (FF01 to FF5E) are the
 * characters that they look like.
 */
export function narrowed(code: number): number {
  const low = code & 0xff;
  return code >> 8 === 0xff && low > 0 && low < 0x5f ? low + 0x20 : low;
}
