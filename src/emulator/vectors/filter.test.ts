import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ReplyError } from '../command.ts';
import { compileFilter } from './filter.ts';

const holds = (expression: string, attributes: string): boolean =>
  compileFilter(expression)(attributes, { left: 1_000_000 });

/** Anything thrown but a reply fails the test. */
function outcome(expression: string, attributes: string): boolean | 'refused' {
  try {
    return holds(expression, attributes);
  } catch (error) {
    if (error instanceof ReplyError) return 'refused';
    throw error;
  }
}

describe('compileFilter', () => {
  test('reckons with the members of the object', () => {
    const attributes = '{"year": 1984, "genre": "action", "tags": ["a", 2]}';

    expect(holds('.year >= 1980 and .genre == "action"', attributes)).toBe(true);
    expect(holds('(.year - 1980) ** 2 == 16 && 2 in .tags', attributes)).toBe(true);
    expect(holds('.year < 1980 or "b" in .tags', attributes)).toBe(false);
  });

  test('does not hold where a member is missing or the text is no object', () => {
    expect(holds('.rating > 1 or 1', '{"year": 1984}')).toBe(false);
    expect(holds('.year', 'year')).toBe(false);
  });

  test('names the place where an expression ceases to be one', () => {
    expect(() => compileFilter('1 == @ 2')).toThrow('near: @ 2');
    expect(() => compileFilter('(1')).toThrow('near: (1');
  });

  test('gives up when the budget is spent', () => {
    const budget = { left: 3 };

    expect(compileFilter('.n')('{"n":1}', budget)).toBe(false);
    expect(budget.left).toBeLessThan(0);
  });

  test('throws nothing but a reply, whatever the expression and the attributes are', () => {
    const words = fc.constantFrom(
      '1',
      '.n',
      '(',
      ')',
      '!',
      '**',
      '-',
      'in',
      '[',
      ']',
      ',',
      '"',
      'null',
      '.',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), fc.string({ maxLength: 40 }), (parts, attributes) => {
        expect([true, false, 'refused']).toContain(outcome(parts.join(' '), attributes));
      }),
    );
  });

  test('takes a long run of operators in linear time', () => {
    expect(() => compileFilter('+'.repeat(1_000_000))).toThrow(ReplyError);
  });
});
