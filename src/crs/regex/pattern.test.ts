import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { emit } from './emit.ts';
import { PatternFault } from './fault.ts';
import { requiredLiterals } from './literals.ts';
import { parsePattern } from './parse.ts';
import { compilePattern } from './pattern.ts';
import { backtrackingLimit } from './safety.ts';

describe('patterns', () => {
  test.for([
    ['^a.c$', 'x\na\nc\ny', true],
    ['(?i)AbC', 'xabcx', true],
    ['(?i:a)b', 'AB', false],
    ['a(?i)b|c', 'C', true],
    ['\\x{c2}\\xb4', '\xc2\xb4', true],
    ['^[\\w.-]+$', 'a-b.c_d', true],
    ['[^\\s]', '\xa0', true],
    ['[]a]+', ']a]', true],
    ['[[:alpha:]]{3}', 'ab1', false],
    ['a{2,3}?b', 'aab', true],
    ['(a)(b)?\\1', 'aa', true],
    ['a++b', 'aaab', true],
    ['(?>a|ab)c', 'ac', true],
    ['(?<!&amp);', '&amp;', false],
    ['a{,3}', 'a{,3}', true],
  ] as const)('%s on %j', ([source, value, wanted]) => {
    expect(compilePattern(source).testShort(value)).toBe(wanted);
  });

  test.for([
    'x\\Qa',
    '(',
    ')',
    '[a',
    'a\\',
    '*a',
    '[b-a]',
    'a{3,1}',
    '(?x)a',
    '\\x{1f600}',
    `${'('.repeat(300)}${')'.repeat(300)}`,
  ])('refuses %s', (source) => {
    expect(() => compilePattern(source)).toThrow(PatternFault);
  });

  test('long values are asked of a linear engine, and captures are found either way', () => {
    const pattern = compilePattern('id=(\\d+)(x)?');
    const long = `${'a'.repeat(5000)}id=42`;
    expect(pattern.testLong(long)).toBe(true);
    expect(pattern.groups(long)).toEqual(['id=42', '42', undefined]);
    expect(pattern.groups('id=7x')).toEqual(['id=7x', '7', 'x']);
  });

  test('what no linear engine has is told', () => {
    expect(compilePattern('(a)\\1').losses).toHaveLength(1);
    expect(compilePattern('(?<!a)b').losses).toHaveLength(0);
    expect(compilePattern('a++').losses).toHaveLength(1);
  });

  test('V8 and RE2 agree on what was parsed', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\s',
      '[^a]',
      '(?:a|bc)',
      '^',
      '$',
      '\\b',
      '\\W',
      'a*',
      '[ab]+?',
      '(a?)',
      '\\x0a',
      '(?i)A',
    );
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', ' ', '\n', '\r', '\xe4', 'A'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), text, (pieces, value) => {
        const { node } = parsePattern(pieces.join(''));
        const v8 = new RegExp(emit(node, 'v8')).test(value);
        expect(RE2JS.compile(emit(node, 're2')).matcher(value).find()).toBe(v8);
        const literals = requiredLiterals(node);
        const present = literals?.some((literal) => value.toLowerCase().includes(literal)) ?? true;
        expect(present || !v8).toBe(true);
      }),
    );
  });
});

describe('required literals', () => {
  test.for([
    ['(?i)union\\s+select', ['union']],
    ['(?:cat|dog)s?\\s*x', ['cat', 'cats', 'dog', 'dogs']],
    ['[\\r\\n]', ['\n', '\r']],
    ['a?', undefined],
    ['x*', undefined],
  ] as const)('of %s', ([source, wanted]) => {
    expect(requiredLiterals(parsePattern(source).node)).toEqual(wanted);
  });
});

describe('how far V8 may go', () => {
  test.for([
    ['abc', 256],
    ['a+b', 256],
    ['a+b+', 256],
    ['.*a.*', 128],
    ['.*.*.*', 44],
    ['(a+)+', 0],
    ['(a|a)*', 0],
    ['(?:a|ab)*c', 0],
    ['(?:a?)*', 0],
    ['(\\w+\\s*)*x', 0],
    ['(?:,\\d+)*', 256],
  ] as const)('%s: %i bytes', ([source, limit]) => {
    expect(backtrackingLimit(parsePattern(source).node)).toBe(limit);
  });
});
