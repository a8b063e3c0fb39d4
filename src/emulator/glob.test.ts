import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globBudget, globMatches } from './glob.ts';

describe('glob', () => {
  test.for([
    ['*', '', true],
    ['*', 'anything', true],
    ['h?llo', 'hello', true],
    ['h?llo', 'hllo', false],
    ['h*llo', 'heeeello', true],
    ['h[ae]llo', 'hallo', true],
    ['h[ae]llo', 'hillo', false],
    ['h[^e]llo', 'hallo', true],
    ['h[^e]llo', 'hello', false],
    ['h[a-c]llo', 'hbllo', true],
    ['h[c-a]llo', 'hbllo', true],
    ['h[\\]]llo', 'h]llo', true],
    ['h\\?llo', 'h?llo', true],
    ['h\\?llo', 'hello', false],
    ['a*b*c', 'aXbXbXc', true],
    ['a*b*c', 'aXbXb', false],
    ['[abc', 'b', true],
    ['\\', '\\', true],
    ['', '', true],
    ['', 'a', false],
    ['a**', 'a', true],
    ['[^]', 'a', true],
  ] as const)('%j tried on %j: %s', ([pattern, text, expected]) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  test('with escapes matches exactly its own text', () => {
    const bytes = fc.string({ unit: 'binary-ascii', maxLength: 20 });
    const escaped = (text: string): string => Array.from(text, (one) => `\\${one}`).join('');
    fc.assert(
      fc.property(bytes, bytes, (text, other) => {
        expect(globMatches(escaped(text), text)).toBe(true);
        expect(globMatches(escaped(text), other)).toBe(text === other);
      }),
    );
  });

  test('spends no more steps than it is given', () => {
    const budget = globBudget();

    const found = globMatches(`${'*a'.repeat(50)}*b`, 'a'.repeat(100_000), budget);

    expect(found).toBe(false);
    expect(budget.left).toBeGreaterThan(-1_000);
    expect(globMatches(`*[${'a'.repeat(100_000)}]b`, 'a'.repeat(100_000))).toBe(false);
  });
});
