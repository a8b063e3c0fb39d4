import type { ByteString } from '../../model/bytes.ts';
import { untilNul } from '../c-string.ts';

/** Numbers as a 64-bit machine reads and writes them: the Lua machine has 32 bits. */

const MOST = 0xffff_ffff_ffff_ffffn;
const ZERO = 48;
const NINE = 57;
const LOWER_A = 97;
const LOWER_Z = 122;

/** `%x`, `%X`, `%o` and `%u` of a decimal number. */
export function unsignedText(kind: string, decimal: string): string {
  const value = BigInt.asUintN(64, BigInt(decimal));
  if (kind === 'x') return value.toString(16);
  if (kind === 'X') return value.toString(16).toUpperCase();
  return value.toString(kind === 'o' ? 8 : 10);
}

/** A whole text as strtoul reads it, in decimal; '' when it is no number of that base (2 to 36). */
export function readUnsigned(text: ByteString, base: number): string {
  const word = untilNul(text)
    .replace(/^[ \t\n\v\f\r]+/, '')
    .toLowerCase();
  const negative = word.startsWith('-');
  const start = negative || word.startsWith('+') ? 1 : 0;
  const prefix = base === 16 && word.startsWith('0x', start) && digit(word, start + 2) < 16 ? 2 : 0;
  let at = start + prefix;
  let value = 0n;
  const first = at;
  for (; digit(word, at) < base; at++) {
    if (value <= MOST) value = value * BigInt(base) + BigInt(digit(word, at));
  }
  if (at === first || word.slice(at).trim() !== '') return '';
  if (value > MOST) return MOST.toString();
  return BigInt.asUintN(64, negative ? -value : value).toString();
}

function digit(word: string, at: number): number {
  const code = word.charCodeAt(at);
  if (code >= ZERO && code <= NINE) return code - ZERO;
  return code >= LOWER_A && code <= LOWER_Z ? code - LOWER_A + 10 : Infinity;
}

/** struct.pack of one integer: the low bytes of its 64 bits, and zeros. */
export function integerBytes(number: string, size: number, order: string): ByteString {
  const value = Number(number);
  const whole = Number.isFinite(value) ? BigInt(Math.trunc(Math.max(value, -(2 ** 63)))) : 0n;
  const bytes = Buffer.alloc(Math.max(8, Math.min(size, 32)));
  bytes.writeBigUInt64LE(BigInt.asUintN(64, whole));
  const kept = bytes.subarray(0, size);
  return (order === '>' ? Buffer.from(kept.toReversed()) : kept).toString('latin1');
}

/** struct.unpack of one integer, in decimal as a double has it. */
export function bytesInteger(bytes: ByteString, signed: boolean, order: string): string {
  const given = Buffer.from(bytes.slice(0, 32), 'latin1');
  if (order === '>') given.reverse();
  let value = 0n;
  for (const byte of given.toReversed()) value = (value << 8n) | BigInt(byte);
  const bits = Math.min(64, 8 * given.length);
  return String(Number(signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(64, value)));
}

/** A number as MessagePack has it that no 64-bit integer holds. */
export function packedDouble(number: string): ByteString {
  const value = Number(number);
  const bytes = Buffer.alloc(9);
  if (Math.fround(value) === value) {
    bytes[0] = 0xca;
    bytes.writeFloatBE(value, 1);
    return bytes.toString('latin1', 0, 5);
  }
  bytes[0] = 0xcb;
  bytes.writeDoubleBE(value, 1);
  return bytes.toString('latin1');
}
