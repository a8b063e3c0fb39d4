import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idParts, idText, LAST_ID, nextId, previousId, streamId, ZERO_ID } from './id.ts';

const wide = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.constantFrom(0n, 1n, 2n ** 53n, 2n ** 64n - 1n));

describe('stream id', () => {
  test('reads as it was written', () => {
    fc.assert(
      fc.property(wide, wide, (ms, seq) => {
        const id = streamId(ms, seq);

        expect(idParts(id)).toEqual({ ms, seq });
        expect(idText(id)).toBe(`${ms}-${seq}`);
      }),
    );
  });

  test('compares as its numbers do', () => {
    fc.assert(
      fc.property(wide, wide, wide, wide, (a, b, c, d) => {
        expect(streamId(a, b) < streamId(c, d)).toBe(a < c || (a === c && b < d));
      }),
    );
  });

  test('has a next and a previous one, but at the ends', () => {
    fc.assert(
      fc.property(wide, wide, (ms, seq) => {
        const id = streamId(ms, seq);
        const next = nextId(id);

        expect(next === undefined ? LAST_ID : previousId(next)).toBe(id);
      }),
    );
    expect(nextId(LAST_ID)).toBeUndefined();
    expect(previousId(ZERO_ID)).toBeUndefined();
    expect(idText(nextId(streamId(1n, 2n ** 64n - 1n)) ?? '')).toBe('2-0');
  });
});
