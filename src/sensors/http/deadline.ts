/** The one thing that a connection waits for. */
export interface Deadline {
  /** Runs `late` in `ms`. What was armed under the same key goes on as it was, or anew when it is to be `fresh`. */
  arm(key: string, ms: number, late: () => void, fresh?: boolean): void;
  clear(): void;
}

export function createDeadline(): Deadline {
  let timer: NodeJS.Timeout | undefined;
  let armed = '';
  return {
    arm: (key, ms, late, fresh = false) => {
      if (key === armed) {
        if (fresh) timer?.refresh();
        return;
      }
      clearTimeout(timer);
      armed = key;
      timer = setTimeout(late, ms);
      timer.unref();
    },
    clear: () => clearTimeout(timer),
  };
}
