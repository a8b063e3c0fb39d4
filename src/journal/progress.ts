/** How many events were acknowledged, and who waits for that. */
export interface Progress {
  readonly done: number;
  advance(count: number): void;
  /** Resolves when `done` has come so far. */
  reaches(count: number): Promise<void>;
  /** Rejects everyone who waits, now or later, for what is not done. */
  fail(error: Error): void;
  /**
   * Waits for work to end; false when it failed, or when nothing got ahead for `wait` milliseconds while there was
   * trouble. A disk without trouble may be slow: it gets some more rounds.
   */
  unlessStuck(work: Promise<void>, wait: number, inTrouble: () => boolean): Promise<boolean>;
}

const SLOW_ROUNDS = 12;

interface Waiter {
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export function createProgress(): Progress {
  let done = 0;
  let waiters: readonly Waiter[] = [];
  let failure: Error | undefined;

  return {
    get done() {
      return done;
    },
    advance: (count) => {
      done += count;
      const ready = waiters.filter((waiter) => waiter.count <= done);
      if (ready.length === 0) return;
      waiters = waiters.filter((waiter) => waiter.count > done);
      for (const { resolve } of ready) resolve();
    },
    reaches: (count) => {
      if (count <= done) return Promise.resolve();
      if (failure !== undefined) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiters = [...waiters, { count, resolve, reject }];
      });
    },
    fail: (error) => {
      failure = error;
      const failed = waiters;
      waiters = [];
      for (const { reject } of failed) reject(error);
    },
    unlessStuck: async (work, wait, inTrouble) => {
      const ended = work.then(
        () => 'ended' as const,
        () => 'failed' as const,
      );
      let rounds = 0;
      for (;;) {
        const before = done;
        const { promise: waited, resolve } = Promise.withResolvers<'waited'>();
        const timer = setTimeout(() => resolve('waited'), wait);
        const outcome = await Promise.race([ended, waited]);
        clearTimeout(timer);
        if (outcome !== 'waited') return outcome === 'ended';
        rounds = done === before ? rounds + 1 : 0;
        if (rounds > 0 && (inTrouble() || rounds >= SLOW_ROUNDS)) return false;
      }
    },
  };
}
