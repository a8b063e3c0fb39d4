import { describe, expect, test } from 'vitest';
import { timePoint } from './time-point.ts';

const now = Date.UTC(2026, 0, 31, 12);

describe('timePoint', () => {
  test.for([
    ['90s', now - 90_000],
    ['15m', now - 900_000],
    ['24h', now - 86_400_000],
    ['2w', now - 14 * 86_400_000],
    ['2026-01-30', Date.UTC(2026, 0, 30)],
    ['2026-01-30T10:00', Date.UTC(2026, 0, 30, 10)],
    ['2026-01-30T10:00:00Z', Date.UTC(2026, 0, 30, 10)],
    ['2026-01-30T10:00:00+02:00', Date.UTC(2026, 0, 30, 8)],
  ] as const)('reads %s', ([text, time]) => {
    expect(timePoint(text, now)).toBe(time);
  });

  test.for(['', 'yesterday', '24', '24y', '2026-13-40', '99999999h'])('refuses %j', (text) => {
    expect(() => timePoint(text, now)).toThrow('is not a time');
  });
});
