import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalOf, decimalText, doubleText } from './decimal.ts';

describe('exact decimals', () => {
  test.for([
    ['0.1', '0.2', '0.3'],
    ['10.5', '-10.5', '0'],
    ['3.0', '1', '4'],
    ['1e3', '0.5', '1000.5'],
    ['-1e-7', '0', '-0.0000001'],
    ['0', '1e-18', '0'],
  ] as const)('%s + %s = %s', ([one, other, sum]) => {
    expect(decimalText((decimalOf(one) ?? 0n) + (decimalOf(other) ?? 0n))).toBe(sum);
  });

  test.for(['', 'abc', '1.2.3', ' 1', '1 ', 'inf', 'nan', '0x10', '1e9999', '--1', '.', 'e5'])(
    '%j is none',
    (text) => {
      expect(decimalOf(text)).toBeUndefined();
    },
  );
});

describe('a double as %.17g', () => {
  test.for([
    [0.1, '0.10000000000000001'],
    [1.5, '1.5'],
    [3, '3'],
    [1e30, '1.0000000000000000e+30'.replace('.0000000000000000', '')],
    [1e16, '10000000000000000'],
    [1e17, '1e+17'],
    [0.00001, '1.0000000000000001e-05'],
    [0.0001, '0.0001'],
    [-2.5, '-2.5'],
    [0, '0'],
    [-0, '-0'],
    [Infinity, 'inf'],
    [-Infinity, '-inf'],
  ] as const)('%d is %s', ([value, text]) => {
    expect(doubleText(value)).toBe(text);
  });

  test('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(doubleText(value))).toBe(value);
      }),
    );
  });
});
