import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOrderedMap } from './ordered-map.ts';

describe('ordered map', () => {
  test('holds what a map holds, in the order of the keys', () => {
    const change = fc.record({
      key: fc.nat(400).map(String),
      value: fc.option(fc.nat(), { nil: undefined }),
    });

    fc.assert(
      fc.property(fc.array(change, { maxLength: 1_000 }), fc.nat(400).map(String), (changes, from) => {
        const map = createOrderedMap<number>();
        const expected = new Map<string, number>();
        const removed: boolean[] = [];
        for (const { key, value } of changes) {
          if (value === undefined) removed.push(map.delete(key) === expected.delete(key));
          else {
            map.set(key, value);
            expected.set(key, value);
          }
        }
        const sorted = [...expected].toSorted(([one], [other]) => (one < other ? -1 : 1));

        expect(removed).not.toContain(false);
        expect([...map]).toEqual(sorted);
        expect(map.size).toBe(expected.size);
        expect([...map.from(from)]).toEqual(sorted.filter(([key]) => key >= from));
        expect(map.firstKey).toBe(sorted[0]?.[0]);
        expect(map.lastKey).toBe(sorted.at(-1)?.[0]);
      }),
      { numRuns: 30 },
    );
  });
});
