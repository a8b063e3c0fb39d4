import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlineArguments } from './inline-arguments.ts';

describe('an inline request', () => {
  test.for<[string, string[] | undefined]>([
    ['SET k v', ['SET', 'k', 'v']],
    ['  a \t b  ', ['a', 'b']],
    ['', []],
    ['"a b" c', ['a b', 'c']],
    ['"\\x41\\n\\r\\t\\b\\a\\q\\"\\\\"', ['A\n\r\t\b\u0007q"\\']],
    ['"\\xzz"', ['xzz']],
    ["'it\\'s \\n'", ["it's \\n"]],
    ['a"b"', ['ab']],
    ['a"b"c', undefined],
    ['"open', undefined],
    ["'open", undefined],
    ['"a\\', undefined],
    ['"a" "b"', ['a', 'b']],
    ['""', ['']],
    ["''", ['']],
  ])('%j is split into %j', ([line, expected]) => {
    expect(inlineArguments(line)).toEqual(expected);
  });

  test('holds any bytes when they are quoted', () => {
    const bytes = fc.string({ unit: 'binary-ascii', maxLength: 50 });
    const quoted = (text: string): string =>
      `"${Array.from(text, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}"`;

    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1 }), (words) => {
        expect(inlineArguments(words.map(quoted).join(' '))).toEqual(words);
      }),
    );
  });

  test('is read in linear time, however many quotes and escapes it has', () => {
    const long = '"\\x41'.repeat(10_000);

    expect(inlineArguments(long)).toBeUndefined();
    expect(inlineArguments(`"${'\\x41'.repeat(15_000)}"`)).toEqual(['A'.repeat(15_000)]);
  });
});
