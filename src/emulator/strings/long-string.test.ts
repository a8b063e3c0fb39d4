import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ValueOf } from '../value.ts';
import { appended, byteAt, isLong, lengthOf, sliceOf, written } from './long-string.ts';

const place = fc.oneof(fc.nat(200), fc.integer({ min: 65_000, max: 66_000 }), fc.nat(150_000));
const part = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});

describe('string that is changed in place', () => {
  test('is what a plain string would be', () => {
    const change = fc.record({ at: fc.option(place, { nil: undefined }), part });

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), place, (changes, from) => {
        let value: ValueOf<'string'> = { type: 'string', text: '' };
        let expected = '';
        for (const { at, part: bytes } of changes) {
          value = at === undefined ? appended(value, bytes) : written(value, at, bytes);
          const start = at ?? expected.length;
          // Writing nothing behind the end fills the gap as well.
          expected =
            expected.padEnd(start, '\0').slice(0, start) + bytes + expected.slice(start + bytes.length);
        }

        expect(value.text === expected).toBe(true);
        expect(lengthOf(value)).toBe(expected.length);
        expect(sliceOf(value, from, from + 500)).toBe(expected.slice(from, from + 500));
        expect(byteAt(value, from)).toBe(from < expected.length ? expected.charCodeAt(from) : 0);
      }),
      { numRuns: 60 },
    );
  });

  test('does not change what it was made from', () => {
    const before = written({ type: 'string', text: 'x'.repeat(100_000) }, 0, 'a');

    const after = written(before, 50_000, 'b');

    expect(isLong(before)).toBe(true);
    expect(sliceOf(before, 49_999, 50_002)).toBe('xxx');
    expect(sliceOf(after, 49_999, 50_002)).toBe('xbx');
  });
});
