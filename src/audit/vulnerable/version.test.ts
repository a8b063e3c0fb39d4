import { describe, expect, test } from 'vitest';
import { candidateOf, compareVersions, isInside, parseVersion } from './version.ts';

const version = (text: string): NonNullable<ReturnType<typeof parseVersion>> =>
  parseVersion(text) ?? [0, 0, 0];

describe('versions', () => {
  test('are compared as numbers, candidates before their release', () => {
    const order = ['5.0-rc1', '5.0.0', '5.0.14', '6.2.9', '6.2.10', '7.0', '8.2', '8.10-RC1', '8.10.1'].map(
      version,
    );

    expect(order.toSorted(compareVersions)).toEqual(order);
  });

  test.for(['', 'x', 'v7.0', '-1', 'constructor'])('%j is none', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  test('begin where they are introduced and end before the fix', () => {
    const inside = (text: string): boolean => isInside(version(text), [7, 0, 0], [7, 2, 11]);

    expect(['6.2.19', '7.0.0', '7.2.10', '7.2.11'].map(inside)).toEqual([false, true, true, false]);
  });

  test('of candidates are told by their numbers', () => {
    expect([version('7.9.240'), version('8.1.240'), version('4.9.105')].map(candidateOf)).toEqual([
      [8, 0, -1],
      [8, 2, -1],
      [5, 0, -1],
    ]);
    expect([version('7.0.15'), version('255.255.255')].map(candidateOf)).toEqual([undefined, undefined]);
  });

  test('of candidates have what their release has from the start', () => {
    const candidate = [8, 0, -1] as const;

    expect(isInside(candidate, [8, 0, 0], [8, 0, 4])).toBe(true);
    expect(isInside(candidate, [8, 0, 1], [8, 0, 4])).toBe(false);
    expect(isInside(candidate, [7, 4, 0], [7, 4, 6])).toBe(false);
  });
});
