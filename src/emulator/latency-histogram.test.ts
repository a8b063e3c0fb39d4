import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latencyLevels, latencyPercentile, recordLatency } from './latency-histogram.ts';

const histogramOf = (...times: number[]): Map<number, number> => {
  const histogram = new Map<number, number>();
  for (const usec of times) recordLatency(histogram, usec);
  return histogram;
};

describe('a histogram of latencies', () => {
  // Measured on a real 7.0.15.
  test('has the steps of an HDR histogram of two digits', () => {
    expect(latencyPercentile(histogramOf(109), 50)).toBe(109.055);
    expect(latencyPercentile(histogramOf(2), 99.9)).toBe(2.007);
    expect(latencyPercentile(histogramOf(121), 50)).toBe(121.343);
  });

  test('tells levels of powers of two, cumulated', () => {
    expect(latencyLevels(histogramOf(1, 1, 30, 95))).toEqual([
      [1, 2],
      [33, 3],
      [132, 4],
    ]);
  });

  test('orders percentiles, and counts everything at the last level', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 100 }),
        (times) => {
          const histogram = histogramOf(...times);
          const [half, most] = [latencyPercentile(histogram, 50), latencyPercentile(histogram, 100)];
          expect(half).toBeLessThanOrEqual(most);
          expect(latencyLevels(histogram).at(-1)?.[1]).toBe(times.length);
        },
      ),
    );
  });
});
