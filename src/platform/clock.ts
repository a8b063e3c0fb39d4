/** The only reader of the time. Handed down, so that every test decides what time it is. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Milliseconds on a clock that never jumps; for durations. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A clock for tests: moves only when told to. */
export function fixedClock(start: number): Clock & { advance(ms: number): void } {
  let time = start;
  return {
    now: () => Math.trunc(time),
    monotonic: () => time - start,
    advance(ms) {
      time += ms;
    },
  };
}
