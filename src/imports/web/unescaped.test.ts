import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closingQuote, unescaped } from './unescaped.ts';

const bytes = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));
/** What nginx makes of a value: quotes, backslashes and what does not print as `\xHH`. */
const likeNginx = (text: string): string =>
  text.replace(
    /["\\]|[^ -~]/g,
    (one) => `\\x${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
/** What Apache makes of it. */
const likeApache = (text: string): string =>
  text.replace(/["\\]|[^ -~]/g, (one) => {
    const short: Readonly<Record<string, string>> = {
      '\n': '\\n',
      '\r': '\\r',
      '\t': '\\t',
      '\b': '\\b',
      '\v': '\\v',
      '"': '\\"',
      '\\': '\\\\',
    };
    return short[one] ?? `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });

describe('a quoted field of a log', () => {
  test.for([
    ['nginx', likeNginx],
    ['Apache', likeApache],
  ] as const)('of %s gives back any bytes, and ends at its own quote', ([, escaped]) => {
    fc.assert(
      fc.property(bytes, (value) => {
        const field = escaped(value);

        expect(unescaped(field)).toBe(value);
        expect(closingQuote(`"${field}" "b"`, 1)).toBe(field.length + 1);
      }),
    );
  });

  test.for([
    ['\\', '\\'],
    ['\\x', '\\x'],
    ['\\xg1', '\\xg1'],
    ['\\x4', '\\x4'],
    ['\\x41\\x42', 'AB'],
    ['a\\q\\n', 'a\\q\n'],
    ['\\\\x41', '\\x41'],
  ] as const)('keeps %j as %j', ([field, value]) => {
    expect(unescaped(field)).toBe(value);
  });

  test('has no end when its quote is not closed', () => {
    expect(closingQuote('"abc', 1)).toBe(-1);
    expect(closingQuote('"abc\\"', 1)).toBe(-1);
    expect(closingQuote('"abc\\\\"', 1)).toBe(6);
  });

  test('is read in linear time, whatever stands in it', () => {
    const field = `${'\\'.repeat(500_001)}"`.repeat(2);

    expect(closingQuote(field, 0)).toBe(-1);
    expect(unescaped(field)).toHaveLength(500_002);
  });
});
