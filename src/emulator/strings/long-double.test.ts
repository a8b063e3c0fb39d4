import { describe, expect, test } from 'vitest';
import { longDoubleOf, longDoubleText, sumOf } from './long-double.ts';

const added = (one: string, other: string): string | undefined => {
  const [a, b] = [longDoubleOf(one), longDoubleOf(other)];
  if (a === undefined || b === undefined || a === 'infinite' || b === 'infinite') return undefined;
  const sum = sumOf(a, b);
  return sum === undefined ? undefined : longDoubleText(sum);
};

describe('long double', () => {
  // Measured with INCRBYFLOAT of redis-server 7.0.15.
  test.each([
    ['3.0', '1.1', '4.1'],
    ['0.1', '0.2', '0.3'],
    ['0', '25898383170702969.9', '25898383170702969.900390625'],
    ['5', '-5', '0'],
    ['104.1', '-1e-5', '104.09999'],
    ['0', '0x10', '16'],
    ['1e4900', '-1e4900', '0'],
  ])('%s and %s make %s', (one, other, sum) => {
    expect(added(one, other)).toBe(sum);
  });

  test.each(['', ' 1', '1 ', 'abc', '1e5000', '1e-5000', 'nan', '0x', '.', '1e'])('%j is none', (text) => {
    expect(longDoubleOf(text)).toBeUndefined();
  });
});
