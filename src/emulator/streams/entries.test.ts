import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStreamEntries } from './entries.ts';
import { LAST_ID, streamId, ZERO_ID } from './id.ts';

const id = (ms: number): string => streamId(BigInt(ms), 0n);

describe('stream entries', () => {
  test('are those that were added and not removed, whatever the size of the nodes', () => {
    const removals = fc.array(fc.nat(300), { maxLength: 400 });

    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        removals,
        fc.nat(300),
        fc.nat(300),
        (size, gone, from, to) => {
          const entries = createStreamEntries();
          const limits = { entries: size, bytes: 4_096, deletedCount: true };
          for (let ms = 1; ms <= 300; ms++) entries.append(id(ms), ['f'], [String(ms)], limits);
          const left = new Set(Array.from({ length: 300 }, (_, at) => at + 1));
          for (const ms of gone) expect(entries.remove(id(ms))).toBe(left.delete(ms));
          const inRange = [...left].filter((ms) => ms >= from && ms <= to).map(String);
          const shown = (reversed: boolean): unknown =>
            entries.range(id(from), id(to), Infinity, reversed).map(({ values }) => values[0]);

          expect([...entries].map(({ values }) => values[0])).toEqual([...left].map(String));
          expect(shown(false)).toEqual(inRange);
          expect(shown(true)).toEqual(inRange.toReversed());
          expect(entries.length).toBe(left.size);
          expect(entries.copy().bytes).toBe(entries.bytes);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('cost nothing when all are gone', () => {
    const entries = createStreamEntries();
    const limits = { entries: 10, bytes: 4_096, deletedCount: true };
    for (let ms = 1; ms <= 95; ms++) entries.append(id(ms), ['f', 'g'], ['1', 'x'.repeat(ms)], limits);

    for (let ms = 10; ms <= 25; ms++) entries.remove(id(ms));
    while (entries.firstNode !== undefined) entries.removeNode();

    expect(entries.length).toBe(0);
    expect(entries.bytes).toBe(0);
    expect(entries.range(ZERO_ID, LAST_ID, Infinity)).toEqual([]);
  });
});
