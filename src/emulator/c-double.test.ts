import { describe, expect, test } from 'vitest';
import { doubleArgument, looseDouble, strtod } from './c-double.ts';
import { ReplyError } from './command.ts';

describe('a double as C reads it', () => {
  test.for([
    ['1', 1],
    ['+1.50', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-1e3', -1_000],
    ['0x10', 16],
    ['-0x1.8p1', -3],
    ['iNf', Infinity],
    ['-infinity', -Infinity],
    ['1e400', Infinity],
    ['1e', undefined],
    ['0x', undefined],
    ['nan', undefined],
    ['', undefined],
    [' 1', undefined],
    ['1 ', undefined],
    ['9'.repeat(300), undefined],
  ] as const)('%j is %j', ([text, expected]) => {
    expect(strtod(text)).toBe(expected);
  });

  test.for(['1e400', '1e-400', '', ' 1', 'x'])('%j is refused as an argument', (text) => {
    expect(() => doubleArgument(text)).toThrow(ReplyError);
  });

  test.for([
    ['', 0, 0],
    [' 1', 1, undefined],
    ['0x1', 1, undefined],
    ['1 ', undefined, undefined],
    ['inf', Infinity, Infinity],
  ] as const)('%j as a limit is %j, and %j from 8.0 on', ([text, before, later]) => {
    expect(looseDouble(text, false)).toBe(before);
    expect(looseDouble(text, true)).toBe(later);
  });
});
