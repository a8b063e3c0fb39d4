import type { ByteString } from '../model/bytes.ts';

/**
 * HalfSipHash-1-3 (J.-P. Aumasson, D. J. Bernstein): 32 bits of hash under a key of 64. Who does not know the key
 * cannot choose texts that collide.
 */
export function keyedHash([low, high]: readonly [number, number]): (text: ByteString) => number {
  return (text) => {
    let [v0, v1, v2, v3] = [low, high, 0x6c796765 ^ low, 0x74656462 ^ high];
    const round = (): void => {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    };
    const { length } = text;
    let at = 0;
    for (; at + 4 <= length; at += 4) {
      const word =
        text.charCodeAt(at) |
        (text.charCodeAt(at + 1) << 8) |
        (text.charCodeAt(at + 2) << 16) |
        (text.charCodeAt(at + 3) << 24);
      v3 ^= word;
      round();
      v0 ^= word;
    }
    let rest = length << 24;
    for (let shift = 0; at < length; at++, shift += 8) rest |= text.charCodeAt(at) << shift;
    v3 ^= rest;
    round();
    v0 ^= rest;
    v2 ^= 0xff;
    round();
    round();
    round();
    return (v1 ^ v3) >>> 0;
  };
}
