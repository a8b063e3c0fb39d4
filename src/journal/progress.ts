/** How many events were acknowledged, and who waits for that. */
export interface Progress {
  readonly done: number;
  advance(count: number): void;
  /** Resolves when `done` has come so far. */
  reaches(count: number): Promise<void>;
  /** Rejects everyone who waits, now or later, for what is not done. */
  fail(error: Error): void;
  /** Waits for work to end; false when `wait` milliseconds brought neither its end nor headway, or it failed. */
  unlessStuck(work: Promise<void>, wait: number): Promise<boolean>;
}

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
    unlessStuck: async (work, wait) => {
      const ended = work.then(
        () => 'ended' as const,
        () => 'failed' as const,
      );
      for (;;) {
        const before = done;
        const { promise: waited, resolve } = Promise.withResolvers<'waited'>();
        const timer = setTimeout(() => resolve('waited'), wait);
        const outcome = await Promise.race([ended, waited]);
        clearTimeout(timer);
        if (outcome !== 'waited') return outcome === 'ended';
        if (done === before) return false;
      }
    },
  };
}
