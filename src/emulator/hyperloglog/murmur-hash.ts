import type { ByteString } from '../../model/bytes.ts';

/** A 64-bit number in two halves, as unsigned 32-bit integers. */
export interface Halves {
  readonly high: number;
  readonly low: number;
}

const M_HIGH = 0xc6a4_a793;
const M_LOW = 0x5bd1_e995;

/** MurmurHash64A of the bytes, in halves: a number of 64 bits would cost ten times as much. */
export function murmurHash(text: ByteString, seed: number): Halves {
  const { length } = text;
  let { high, low } = times(0, length);
  low ^= seed;
  const whole = length - (length % 8);
  for (let at = 0; at < whole; at += 8) {
    let k = times(word(text, at + 4), word(text, at));
    k = times(k.high, k.low ^ (k.high >>> 15));
    ({ high, low } = times(high ^ k.high, low ^ k.low));
  }
  if (whole < length) {
    const rest = text.slice(whole).padEnd(8, '\0');
    ({ high, low } = times(high ^ word(rest, 4), low ^ word(rest, 0)));
  }
  ({ high, low } = times(high, low ^ (high >>> 15)));
  return { high: high >>> 0, low: (low ^ (high >>> 15)) >>> 0 };
}

function word(text: ByteString, at: number): number {
  return (
    text.charCodeAt(at) |
    (text.charCodeAt(at + 1) << 8) |
    (text.charCodeAt(at + 2) << 16) |
    (text.charCodeAt(at + 3) << 24)
  );
}

/** The number times the constant of the hash, without what goes beyond 64 bits. */
function times(high: number, low: number): Halves {
  const [a, b] = [low >>> 16, low & 0xffff];
  const [c, d] = [M_LOW >>> 16, M_LOW & 0xffff];
  const [bd, ad, bc] = [b * d, a * d, b * c];
  const middle = (bd >>> 16) + (ad & 0xffff) + (bc & 0xffff);
  const carry = a * c + (ad >>> 16) + (bc >>> 16) + (middle >>> 16);
  return {
    high: (carry + Math.imul(low, M_HIGH) + Math.imul(high, M_LOW)) | 0,
    low: (middle << 16) | (bd & 0xffff) | 0,
  };
}
