import type { Clock } from '../platform/clock.ts';

/** How much of one address is kept, so that a flood from one can neither cost time nor push out what others did. */
export interface Pace {
  /** The budget of an address; give it back with `leave`. */
  enter(address: string): Budget;
  leave(budget: Budget): void;
  /** Fills the budgets; to be called a few times a second. */
  refill(): void;
}

export interface Budget {
  readonly address: string;
  /** Bytes and frames that may be kept now. */
  bytes: number;
  frames: number;
  /** Recordings that are open. */
  open: number;
}

export interface PaceLimits {
  /** What is kept at once, and what comes back a second. */
  readonly bytes: number;
  readonly bytesPerSecond: number;
  readonly frames: number;
  readonly framesPerSecond: number;
}

export const DEFAULT_PACE: PaceLimits = {
  bytes: 33_554_432,
  bytesPerSecond: 8_192,
  frames: 20_000,
  framesPerSecond: 100,
};
/** Addresses with budgets of their own; those beyond share one. */
const MOST_ADDRESSES = 20_000;

export function createPace(clock: Clock, limits: PaceLimits = DEFAULT_PACE): Pace {
  const budgets = new Map<string, Budget>();
  let filled = clock.monotonic();
  return {
    enter: (asked) => {
      const address = budgets.size < MOST_ADDRESSES || budgets.has(asked) ? asked : '';
      let budget = budgets.get(address);
      if (budget === undefined) {
        budget = { address, bytes: limits.bytes, frames: limits.frames, open: 0 };
        budgets.set(address, budget);
      }
      budget.open++;
      return budget;
    },
    leave: (budget) => {
      budget.open--;
    },
    refill: () => {
      const now = clock.monotonic();
      const seconds = (now - filled) / 1_000;
      filled = now;
      for (const [address, budget] of budgets) {
        budget.bytes = Math.min(limits.bytes, budget.bytes + seconds * limits.bytesPerSecond);
        budget.frames = Math.min(limits.frames, budget.frames + seconds * limits.framesPerSecond);
        const full = budget.bytes >= limits.bytes && budget.frames >= limits.frames;
        if (full && budget.open === 0) budgets.delete(address);
      }
    },
  };
}
