import { describe, expect, test } from 'vitest';
import { allocatedSize } from './allocated-size.ts';

describe('sizes of jemalloc', () => {
  test.for([
    [1, 8],
    [9, 16],
    [33, 48],
    [128, 128],
    [129, 160],
    [204, 224],
    [1_006, 1_024],
    [1_025, 1_280],
    [5_006, 5_120],
    [536_870_914, 671_088_640],
  ] as const)('%i bytes take %i', ([bytes, taken]) => {
    expect(allocatedSize(bytes)).toBe(taken);
  });
});
