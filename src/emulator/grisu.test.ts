import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grisuDigits } from './grisu.ts';

describe('Grisu2', () => {
  // Measured on 8.0.2.
  test.for([
    [0.1, '1', -1],
    [1e23, '9999999999999999', 7],
    [139462557986499.125, '13946255798649912', -2],
    [239114029164809.125, '23911402916480913', -2],
    [5e-324, '5', -324],
  ] as const)('writes %d as %s e %d', ([value, digits, scale]) => {
    expect(grisuDigits(value)).toEqual({ digits, scale });
  });

  test('writes any double so that it is read back', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }), (value) => {
        const { digits, scale } = grisuDigits(value);

        expect(Number(`${digits}e${scale}`)).toBe(value);
      }),
    );
  });
});
