import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packedListBytes } from '../packed-size.ts';
import { createBudget } from './budget.ts';
import { packIntset, unpackIntset } from './intset.ts';
import { packList, unpackList } from './listpack.ts';
import { packZiplist, unpackZiplist } from './ziplist.ts';

const bytes = fc.uint8Array({ maxLength: 400 }).map((some) => Buffer.from(some).toString('latin1'));
const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const small = fc.integer({ min: -70_000, max: 70_000 }).map(String);
const odd = fc.constantFrom('', '0', '-0', '007', '9223372036854775808', 'x'.repeat(253), 'x'.repeat(5_000));
const items = fc.array(fc.oneof(bytes, integer, small, odd), { maxLength: 60 });
const plenty = (): ReturnType<typeof createBudget> => createBudget(10_000_000);

describe('packed forms', () => {
  test('a listpack gives back its items, and is as long as is reckoned elsewhere', () => {
    fc.assert(
      fc.property(items, (some) => {
        const packed = packList(some);

        expect(unpackList(packed, plenty())).toEqual(some);
        expect(packed.length).toBe(packedListBytes(some));
      }),
    );
  });

  test('a ziplist gives back its items', () => {
    fc.assert(
      fc.property(items, (some) => {
        expect(unpackZiplist(packZiplist(some), plenty())).toEqual(some);
      }),
    );
  });

  test('an intset gives back its members in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (values) => {
        const sorted = values.toSorted((one, other) => (one < other ? -1 : 1));

        expect(unpackIntset(packIntset(values), plenty())).toEqual(sorted.map(String));
      }),
    );
  });
});
