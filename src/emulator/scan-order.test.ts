import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScanOrder } from './scan-order.ts';
import { createScanOrder } from './scan-order.ts';

const seed = [7, 11] as const;
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `key:${index}`);

/** A whole scan; `between` may change the order after each page. */
function scanned(order: ScanOrder, count: number, between: () => void = () => undefined): string[] {
  const found: string[] = [];
  let cursor = 0;
  do {
    const page = order.page(cursor, count);
    found.push(...page.names);
    cursor = page.next;
    between();
  } while (cursor !== 0);
  return found;
}

describe('an order of names', () => {
  test('tells each name once while nothing changes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 20 }), (texts, count) => {
        const order = createScanOrder({ seed }, texts);

        expect(scanned(order, count).toSorted()).toEqual(texts.toSorted());
        expect(order.all().toSorted()).toEqual(texts.toSorted());
        expect(order.size).toBe(texts.length);
      }),
    );
  });

  test('misses nobody who stays while others come and go', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.nat(1_000)), (staying, changes) => {
        const order = createScanOrder({ seed }, names(staying));
        const guests = new Set<string>();
        let at = 0;
        const found = scanned(order, 5, () => {
          const guest = `guest:${changes[at++] ?? ''}`;
          if (guests.delete(guest)) order.remove(guest);
          else {
            order.add(guest);
            guests.add(guest);
          }
        });

        expect(names(staying).filter((name) => !found.includes(name))).toEqual([]);
      }),
    );
  });

  test('grows and shrinks with what is in it', () => {
    const order = createScanOrder({ seed });
    for (const name of names(10_000)) order.add(name);
    const cursors: number[] = [];
    for (let cursor = order.page(0, 1).next; cursor !== 0; cursor = order.page(cursor, 1).next)
      cursors.push(cursor);

    for (const name of names(10_000).slice(10)) order.remove(name);

    expect(Math.max(...cursors)).toBeGreaterThan(8_192);
    expect(order.all().toSorted()).toEqual(names(10).toSorted());
    expect(order.page(0, 100).next).toBe(0);
  });

  test('is not the order in which names came, and another one for another secret', () => {
    const [one, other] = [createScanOrder({ seed }, names(50)), createScanOrder({ seed: [1, 2] }, names(50))];

    expect(one.all()).not.toEqual(names(50));
    expect(one.all()).not.toEqual(other.all());
  });

  test('counts cursors with their highest bit first', () => {
    const order = createScanOrder({ seed }, ['a']);

    expect([0, 2, 1].map((cursor) => order.page(cursor, 1).next)).toContain(0);
    expect(order.page(3, 1).next).toBe(0);
  });

  test('of Valkey has several names a bucket', () => {
    const order = createScanOrder({ seed, load: 6.4 }, names(6));

    expect(order.page(0, 1)).toEqual({ names: order.all(), next: 0 });
  });

  test('finds any of its names by chance', () => {
    const order = createScanOrder({ seed }, names(3));

    expect(order.any(() => 1)).toBe('key:1');
    expect(createScanOrder({ seed }).any(() => 0)).toBeUndefined();
  });
});
