import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyCounter, readCounter } from './counter.ts';
import { placeOf } from './registers.ts';

const USUAL = 3_000;

describe('HyperLogLog', () => {
  test('counts about as many as were added, in the sparse form and in the dense one', () => {
    for (const size of [10, 1_000, 100_000]) {
      const counter = emptyCounter(USUAL);
      for (let at = 0; at < size; at++) {
        const { index, rank } = placeOf(`element:${at}`);
        counter.raise(index, rank);
      }

      expect(Math.abs(Number(counter.count()) / size - 1)).toBeLessThan(0.03);
    }
  });

  test('has the same registers in both forms', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 200 }), (elements) => {
        const [sparse, dense] = [emptyCounter(USUAL), emptyCounter(0)];
        dense.toDense();
        for (const element of elements) {
          const { index, rank } = placeOf(element);
          sparse.raise(index, rank);
          dense.raise(index, rank);
        }
        const again = readCounter(sparse.text(), USUAL);

        expect(again?.registers()).toEqual(dense.registers());
        expect(readCounter(dense.text(), USUAL)?.registers()).toEqual(dense.registers());
      }),
    );
  });

  test('reads bytes of anybody', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const counter = readCounter(
          `HYLL\u0001${'\0'.repeat(11)}${Buffer.from(bytes).toString('latin1')}`,
          USUAL,
        );
        counter?.raise(16_000, 33);
        counter?.raise(100, 5);

        expect(counter).toBeDefined();
      }),
    );
  });
});
