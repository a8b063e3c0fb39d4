import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOf } from './share.ts';

describe('shareOf', () => {
  test.for([
    [54_000, 72_000, '75.0', '74.7', '75.3'],
    [750, 1_000, '75.0', '72.2', '77.6'],
    [75, 100, '75.0', '65.7', '82.5'],
  ] as const)('gives the published interval for %d of %d', ([count, of, share, low, high]) => {
    const found = shareOf(count, of);

    expect([found.share, found.low, found.high].map((part) => ((part ?? 0) * 100).toFixed(1))).toEqual([
      share,
      low,
      high,
    ]);
  });

  test('knows nothing of a whole of zero', () => {
    expect(shareOf(0, 0)).toEqual({ count: 0, of: 0, share: null, low: null, high: null });
  });

  test('keeps the share inside its interval and the interval inside 0 to 1', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        const { share, low, high } = shareOf(Math.min(a, b), Math.max(a, b));
        if (share === null || low === null || high === null) return;

        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
      }),
    );
  });
});
