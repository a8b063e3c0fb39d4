import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literalScan } from './literal-scan.ts';

describe('a scan for literals', () => {
  test('finds the groups that indexOf finds, in any text', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { maxLength: 4 }), { minLength: 1, maxLength: 40 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 30 }),
        (groups, text) => {
          const found = literalScan(groups).groupsIn(text);
          const expected = groups.map((words) => words.some((one) => text.includes(one)));

          expect(groups.map((_, group) => found.has(group))).toEqual(expected);
        },
      ),
    );
  });

  test('takes bytes above 127', () => {
    const found = literalScan([['\u00ac\u00ed'], ['\u00ff']]).groupsIn('x\u00ac\u00ed');

    expect([found.has(0), found.has(1)]).toEqual([true, false]);
  });
});
