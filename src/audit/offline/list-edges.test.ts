import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createListEdges, placeOfPushed } from './list-edges.ts';

const push = fc.tuple(fc.constantFrom('RPUSH', 'LPUSH'), fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }));
const pop = fc.tuple(fc.constantFrom('LPOP', 'RPOP'), fc.nat(3));

test('what is left of a queue is what an array of it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(push, pop), { maxLength: 30 }), (steps) => {
      const edges = createListEdges();
      const array: number[] = [];
      const places: { readonly id: number; readonly place: number }[] = [];
      let id = 0;
      for (const [name, about] of steps) {
        const size = Array.isArray(about) ? about.length : Math.min(about, array.length);
        const argv = Array.isArray(about) ? [name, 'key', ...about.map(String)] : [name, 'key', String(size)];
        if (Array.isArray(about)) {
          for (let index = 0; index < size; index++) {
            places.push({ id, place: placeOfPushed(edges.of(1), argv, index) });
            if (name === 'RPUSH') array.push(id++);
            else array.unshift(id++);
          }
        } else if (name === 'LPOP') array.splice(0, size);
        else array.splice(array.length - size, size);
        edges.observe(argv, () => 1);
      }

      const { left, right } = edges.of(1) ?? { left: 0, right: 0 };
      // Who comes later to a place takes it over.
      const holders = new Map(places.map((one) => [one.place, one.id]));
      const there = [...holders].filter(([place]) => place >= left && place < right).map(([, one]) => one);

      expect(new Set(there)).toEqual(new Set(array));
    }),
  );
});
