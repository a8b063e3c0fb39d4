import type { ByteString } from '../model/bytes.ts';

/** A 64-bit integer in the form Redis itself would print. */
export function isInteger(text: ByteString): boolean {
  const { length } = text;
  if (length === 0 || length > 20) return false;
  const negative = text.charCodeAt(0) === MINUS;
  const first = negative ? 1 : 0;
  const lead = text.charCodeAt(first);
  if (lead === ZERO) return length === 1;
  for (let at = first; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > ZERO + 9) return false;
  }
  if (length - first < 19) return length > first;
  return BigInt(text) <= 9223372036854775807n && BigInt(text) >= -9223372036854775808n;
}

const MINUS = 45;
const ZERO = 48;
