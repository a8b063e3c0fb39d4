import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bytesFromText } from '../model/bytes.ts';
import { packageRoot, textFiles } from '../platform/files.ts';
import { layerOf } from './act-text.ts';
import { nativePatterns } from './native-patterns.ts';
import { compiled } from './patterns.ts';
import { Pattern } from './rule.ts';
import { SHORT_TEXT, shortExpression } from './short-patterns.ts';

const patterns = textFiles(join(packageRoot, 'rules/patterns'), '.yaml').map(({ text }) =>
  Pattern.parse(parse(text)),
);
const native = nativePatterns(patterns.map(({ re }) => re));
const all = [...patterns.keys()];
/** Pieces of the examples in any order: near what patterns look for, which random letters never are. */
const pieces = patterns.flatMap(({ examples }) => [...examples.match, ...examples.miss]).map(bytesFromText);

function verdicts(text: string): { slow: number[]; fast: number[]; short: number[] } {
  const slow = all.filter((index) => compiledOf(index).find(layerOf(text)) !== undefined);
  const found = native(text, all);
  const fast = found === undefined ? slow : all.filter((index) => found.has(index));
  const short = all.filter((index) => {
    const expression = shortOf(index);
    return expression === undefined ? slow.includes(index) : expression.test(text);
  });
  return { slow, fast, short };
}
const made = new Map<number, ReturnType<typeof compiled>>();
function compiledOf(index: number): ReturnType<typeof compiled> {
  const matcher = made.get(index) ?? compiled(patterns[index]?.re ?? '');
  made.set(index, matcher);
  return matcher;
}
const shorts = new Map<number, RegExp | undefined>();
function shortOf(index: number): RegExp | undefined {
  if (!shorts.has(index)) shorts.set(index, shortExpression(bytesFromText(patterns[index]?.re ?? '')));
  return shorts.get(index);
}

describe('V8, RE2 and its translation', () => {
  test('agree on every example of every pattern', { timeout: 60_000 }, () => {
    for (const piece of pieces) {
      const { slow, fast, short } = verdicts(piece.slice(0, 2_000));
      const expected = { piece, fast: slow, short: piece.length <= SHORT_TEXT ? slow : short };

      expect({ piece, fast, short }).toEqual(expected);
    }
  });

  test('agree on what is cut and joined of them', { timeout: 60_000 }, () => {
    const cut = fc
      .tuple(fc.constantFrom(...pieces), fc.nat(80), fc.nat(80))
      .map(([piece, from, length]) => piece.slice(from, from + length));
    const noise = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      maxLength: 10,
    });
    fc.assert(
      fc.property(fc.tuple(cut, noise, cut), (parts) => {
        const text = parts.join('').slice(0, SHORT_TEXT);
        // Nothing is ever looked for in nothing.
        fc.pre(text !== '');
        const { slow, fast, short } = verdicts(text);

        expect({ fast, short }).toEqual({ fast: slow, short: slow });
      }),
      { numRuns: 300 },
    );
  });
});
