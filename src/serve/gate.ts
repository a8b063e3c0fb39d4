/** Lets a few jobs run at once, a few more wait, and turns the rest away. */
export interface Gate {
  /** Undefined when too many wait already. */
  enter<T>(job: () => Promise<T>): Promise<T> | undefined;
}

export function createGate({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }): Gate {
  const queue: (() => void)[] = [];
  let running = 0;

  const leave = (): void => {
    running -= 1;
    queue.shift()?.();
  };
  const run = async <T>(job: () => Promise<T>): Promise<T> => {
    running += 1;
    try {
      return await job();
    } finally {
      leave();
    }
  };
  return {
    enter(job) {
      if (running < atOnce) return run(job);
      if (queue.length >= waiting) return undefined;
      return new Promise((resolve, reject) => {
        queue.push(() => void run(job).then(resolve, reject));
      });
    },
  };
}
