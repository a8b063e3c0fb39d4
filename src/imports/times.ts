/** Redis was first released in 2009. */
const EARLIEST = Date.UTC(2009, 0, 1);
const DAY_MS = 86_400_000;

/** Times of a file, milliseconds since 1970 UTC, each possible one as it is. */
export interface Times {
  /** An impossible time (not a number, before 2009, more than a day ahead) becomes the one before it; at first, now. */
  possible(time: number): number;
  readonly impossible: number;
  /** The least and the greatest possible one; undefined while there was none. */
  readonly span: { readonly first: number; readonly last: number } | undefined;
}

export function createTimes(now: () => number): Times {
  let before = Math.trunc(now());
  let latest = before + DAY_MS;
  let impossible = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    possible: (time) => {
      // The clock is asked only where its answer matters.
      if (time > latest) latest = now() + DAY_MS;
      if (!(time >= EARLIEST && time <= latest)) {
        impossible++;
        return before;
      }
      before = Math.trunc(time);
      if (before < first) first = before;
      if (before > last) last = before;
      return before;
    },
    get impossible() {
      return impossible;
    },
    get span() {
      return first <= last ? { first, last } : undefined;
    },
  };
}
