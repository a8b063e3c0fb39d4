import { describe, expect, test } from 'vitest';
import { doubleText } from './double-text.ts';

describe('the text of a double', () => {
  test.for([
    ['3.1000000000000001', '3.1'],
    ['1e+20', '1e+20'],
    ['1e+17', '100000000000000000'],
    ['5e+18', '5e+18'],
    ['791370724274689.75', '791370724274689.7'],
    ['9.9999999999999995e-08', '1e-7'],
    ['0.00012', '0.00012'],
    ['-0.5', '-0.5'],
    ['100', '100'],
    ['inf', 'inf'],
    ['-nan', '-nan'],
  ])('%s is %s', ([printed = '', text]) => {
    expect(doubleText(printed)).toBe(text);
  });
});
