import { describe, expect, test } from 'vitest';
import { packedBytes, packedListBytes } from './packed-size.ts';

describe('the size of a listpack', () => {
  // listpack.c: the head, the content, and the length at the end.
  test.for([
    ['0', 2],
    ['127', 2],
    ['128', 3],
    ['-1', 3],
    ['4096', 4],
    ['40000', 5],
    ['8388608', 6],
    ['2147483648', 10],
    ['', 2],
    ['abc', 5],
    ['x'.repeat(63), 65],
    ['x'.repeat(64), 67],
    ['x'.repeat(126), 130],
    ['x'.repeat(4_096), 4_103],
  ] as const)('grows with %j by %d', ([item, bytes]) => {
    expect(packedBytes(item)).toBe(bytes);
    expect(packedListBytes([item, item])).toBe(7 + 2 * bytes);
  });
});
