/**
 * Microseconds counted in steps of 1/128 of a power of two, as the histograms behind LATENCY HISTOGRAM and INFO
 * latencystats have them (an HDR histogram of two digits over nanoseconds).
 */
export type LatencyHistogram = Map<number, number>;

const MOST_NS = 1_000_000_000;
/** The highest value of the step that a duration is in, in nanoseconds. */
function stepOf(usec: number): number {
  return stepOfNs(Math.max(1, Math.min(MOST_NS, Math.round(usec * 1_000))));
}

export function recordLatency(histogram: LatencyHistogram, usec: number, count = 1): void {
  const step = stepOf(usec);
  histogram.set(step, (histogram.get(step) ?? 0) + count);
}

/** The value that this share of all calls does not exceed, in microseconds. */
export function latencyPercentile(histogram: LatencyHistogram, percent: number): number {
  const total = sum(histogram);
  const wanted = Math.max(1, Math.trunc((Math.min(100, percent) / 100) * total + 0.5));
  let seen = 0;
  for (const [step, count] of inOrder(histogram)) {
    seen += count;
    if (seen >= wanted) return step / 1_000;
  }
  return 0;
}

/** Microseconds of powers of two, each with the calls that took no longer; those that add calls. */
export function latencyLevels(histogram: LatencyHistogram): [usec: number, calls: number][] {
  const levels: [number, number][] = [];
  let seen = 0;
  let level = 1_024;
  for (const [step, count] of inOrder(histogram)) {
    while (step > stepOfNs(level)) level *= 2;
    seen += count;
    const usec = Math.trunc(stepOfNs(level) / 1_000);
    if (levels.at(-1)?.[0] === usec) levels.pop();
    levels.push([usec, seen]);
  }
  return levels;
}

/** The highest value that counts as equal to this one. */
function stepOfNs(ns: number): number {
  const width = 2 ** Math.max(0, Math.floor(Math.log2(ns)) - 7);
  return Math.floor(ns / width) * width + width - 1;
}

const sum = (histogram: LatencyHistogram): number =>
  [...histogram.values()].reduce((total, count) => total + count, 0);

const inOrder = (histogram: LatencyHistogram): [number, number][] =>
  [...histogram].toSorted(([one], [other]) => one - other);
