import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostMissed } from './not-tested.ts';

/** The chance that none of `bad` is among `read` of `total`, drawn without putting back. */
function chanceOfNone(total: number, read: number, bad: number): number {
  let chance = 1;
  for (let at = 0; at < bad; at++) chance *= Math.max(0, total - read - at) / (total - at);
  return chance;
}

describe('what a sample may have missed', () => {
  test('is the rule of three for large numbers', () => {
    expect(mostMissed(1_000_000, 1_000) / 1_000_000).toBeCloseTo(3 / 1_000, 4);
  });

  test('is nothing when all was read', () => {
    expect(mostMissed(100, 100)).toBe(0);
  });

  test('is so many that finding none of them has a chance of 5 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 5_000 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (total, share) => {
          const read = Math.max(10, Math.floor(total * share));
          const most = mostMissed(total, read);

          // The formula is an approximation; it has to be right to within one key either way.
          expect(chanceOfNone(total, read, most + 1)).toBeLessThanOrEqual(0.05);
          expect(chanceOfNone(total, read, Math.max(0, most - 2))).toBeGreaterThan(0.05);
        },
      ),
    );
  });
});
