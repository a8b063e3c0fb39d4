/** Longest list that is sorted so: what a visitor can choose makes it quadratic. */
const LONGEST = 2_000;

/**
 * Sorts so that the first `count` items are in place, as the server does it when not all are wanted: the quicksort of
 * Bentley and McIlroy, of which only the parts that matter are gone into. It is not stable, and equals come out in the
 * order in which they do there.
 */
export function partialSort<T>(items: T[], count: number, compare: (one: T, other: T) => number): void {
  if (items.length > LONGEST) items.sort(compare);
  else sortPart(items, 0, items.length, count, compare);
}

function sortPart<T>(
  items: T[],
  start: number,
  size: number,
  count: number,
  compare: (a: T, b: T) => number,
): void {
  let [from, length] = [start, size];
  const order = (one: number, other: number): number => compare(items[one] as T, items[other] as T);
  const swap = (one: number, other: number): void => {
    [items[one], items[other]] = [items[other] as T, items[one] as T];
  };
  const middle = (a: number, b: number, c: number): number => {
    if (order(a, b) < 0) return order(b, c) < 0 ? b : order(a, c) < 0 ? c : a;
    return order(b, c) > 0 ? b : order(a, c) < 0 ? a : c;
  };
  const pivot = (): number => {
    const half = from + (length >> 1);
    const last = from + length - 1;
    if (length <= 7) return half;
    const step = length >> 3;
    return length > 40
      ? middle(
          middle(from, from + step, from + 2 * step),
          middle(half - step, half, half + step),
          middle(last - 2 * step, last - step, last),
        )
      : middle(from, half, last);
  };
  for (;;) {
    if (length < 7) {
      for (let at = from + 1; at < from + length; at++)
        for (let back = at; back > from && order(back - 1, back) > 0; back--) swap(back, back - 1);
      return;
    }
    swap(from, pivot());
    // Equals gather at both ends: before `equalsEnd` and behind `equalsStart`.
    let [equalsEnd, low] = [from + 1, from + 1];
    let [high, equalsStart] = [from + length - 1, from + length - 1];
    for (;;) {
      for (let by = 0; low <= high && (by = order(low, from)) <= 0; low++)
        if (by === 0) swap(equalsEnd++, low);
      for (let by = 0; low <= high && (by = order(high, from)) >= 0; high--)
        if (by === 0) swap(high, equalsStart--);
      if (low > high) break;
      swap(low++, high--);
    }
    const end = from + length;
    const left = Math.min(equalsEnd - from, low - equalsEnd);
    for (let at = 0; at < left; at++) swap(from + at, low - left + at);
    const right = Math.min(equalsStart - high, end - equalsStart - 1);
    for (let at = 0; at < right; at++) swap(low + at, end - right + at);
    const less = low - equalsEnd;
    const more = equalsStart - high;
    if (less > 1 && from < count) sortPart(items, from, less, count, compare);
    if (more <= 1 || end - more >= count) return;
    [from, length] = [end - more, more];
  }
}
