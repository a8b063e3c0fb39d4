import { randomBytes } from 'node:crypto';

/** The only source of randomness. Handed down, so that every test is repeatable. */
export interface Random {
  /** `count` random bytes as lower-case hex. */
  hex(count: number): string;
  /** A whole number, 0 <= n < limit, limit at most 2^32. */
  below(limit: number): number;
}

export const systemRandom: Random = {
  hex: (count) => randomBytes(count).toString('hex'),
  below: (limit) => Math.floor((randomBytes(4).readUInt32LE(0) / 2 ** 32) * limit),
};

/** Repeatable numbers from a seed (mulberry32); not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    hex: (count) =>
      Array.from({ length: count }, () =>
        Math.floor(next() * 256)
          .toString(16)
          .padStart(2, '0'),
      ).join(''),
    below: (limit) => Math.floor(next() * limit),
  };
}
