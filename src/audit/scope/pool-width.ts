/** How many pieces may run at the same time, as that changes. */
export interface PoolWidth {
  readonly now: () => number;
  /** @returns ends it. */
  readonly watch: (changed: () => void) => () => void;
}

const START = 64;
const LOOK_MS = 50;
/** Below it the machine waits for servers: more of them at once go faster. Above, they only wait for the machine. */
const ROOM = 0.9;
const GROWTH = 1.5;

/**
 * Begins with 64, and grows to `most` only while there is room: 500 at once cost a busy machine a quarter more time and
 * memory than 64, but servers far away need many.
 *
 * @param load 0 to 1: the share of the time since the last call that was spent working.
 */
export function growingWidth(most: number, load: () => number): PoolWidth {
  let width = Math.min(START, most);
  return {
    now: () => width,
    watch: (changed) => {
      load();
      const timer = setInterval(() => {
        if (load() >= ROOM) return;
        width = Math.min(most, Math.ceil(width * GROWTH));
        if (width === most) clearInterval(timer);
        changed();
      }, LOOK_MS);
      return () => clearInterval(timer);
    },
  };
}
