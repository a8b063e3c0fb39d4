import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEntryTable } from './entry-table.ts';

describe('a table of entries', () => {
  test('does what a Map does, whatever comes and goes', () => {
    const key = fc.nat(40).map((number) => (number === 0 ? 'k'.repeat(300) : `k${number}`));
    const step = fc.record({ do: fc.constantFrom('set', 'delete', 'delete', 'clear'), key });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const table = createEntryTable<{ readonly at: number }>();
        const model = new Map<string, { readonly at: number }>();
        for (const [at, { do: what, key: name }] of steps.entries()) {
          if (what === 'set') {
            table.set(name, { at });
            model.set(name, { at });
          } else if (what === 'delete') {
            table.delete(name);
            model.delete(name);
          } else if (at % 20 === 0) {
            table.clear();
            model.clear();
          }

          expect(table.size).toBe(model.size);
          expect(table.get(name)).toEqual(model.get(name));
          expect(table.has(name)).toBe(model.has(name));
        }
        expect(new Map(table)).toEqual(model);
      }),
    );
  });

  test('keeps its size when more keys than it keeps slots for come and go', () => {
    const table = createEntryTable<object>();
    for (let key = 0; key < 5_000; key++) table.set(`k${key}`, {});

    for (let key = 0; key < 4_000; key++) table.delete(`k${key}`);
    for (let key = 0; key < 10; key++) table.set(`k${key}`, {});

    expect(table.size).toBe(1_010);
    expect([...table].length).toBe(1_010);
  });
});
