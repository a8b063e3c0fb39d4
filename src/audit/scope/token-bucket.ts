import type { Clock } from '../../platform/clock.ts';

/** So many a second on average, and no more than `burst` at once. */
export interface TokenBucket {
  /** Takes one and answers 0, or takes none and answers the milliseconds until there is one. */
  take(): number;
}

export function createTokenBucket(perSecond: number, burst: number, clock: Clock): TokenBucket {
  let tokens = burst;
  let filled = clock.monotonic();
  return {
    take: () => {
      const now = clock.monotonic();
      tokens = Math.min(burst, tokens + ((now - filled) * perSecond) / 1_000);
      filled = now;
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1_000) / perSecond);
      tokens -= 1;
      return 0;
    },
  };
}
