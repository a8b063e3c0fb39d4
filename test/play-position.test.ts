import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, density, heard } from '../ui/src/state/play-position.ts';

const times = fc
  .array(fc.nat(100_000), { maxLength: 50 })
  .map((all) => all.toSorted((a, b) => a - b).map((ms) => ({ ms })));

describe('position of the player', () => {
  test('hears exactly the lines that are not in the future', () => {
    fc.assert(
      fc.property(times, fc.nat(100_000), (lines, position) => {
        expect(heard(lines, position)).toBe(lines.filter(({ ms }) => ms <= position).length);
      }),
    );
  });

  test('moves on, never beyond the end, and never over a line that it has not shown', () => {
    fc.assert(
      fc.property(times, fc.nat(100_000), fc.nat(200), fc.boolean(), (lines, position, step, skip) => {
        const next = advance(lines, position, step, 100_000, skip);

        expect(next).toBeLessThanOrEqual(100_000);
        expect(next).toBeGreaterThanOrEqual(position);
        const leapt = next > position + step;
        expect(leapt ? heard(lines, next) : 0).toBe(leapt ? heard(lines, position) : 0);
      }),
    );
  });

  test('skips a silence when asked to', () => {
    const lines = [{ ms: 0 }, { ms: 60_000 }];

    expect(advance(lines, 10, 16, 60_000, false)).toBe(26);
    expect(advance(lines, 10, 16, 60_000, true)).toBe(59_700);
  });

  test('knows when which side sent how much', () => {
    const line = (ms: number, from: 'visitor' | 'sensor', bytes: number) => ({ ms, from, bytes, text: [] });

    const parts = density([line(0, 'visitor', 100), line(99, 'sensor', 5)], 100, 4);

    expect(parts.map(({ visitor }) => visitor > 0)).toEqual([true, false, false, false]);
    expect(parts.map(({ sensor }) => sensor > 0)).toEqual([false, false, false, true]);
    expect(parts[0]?.visitor).toBe(1);
  });
});
