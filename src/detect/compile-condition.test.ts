import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actText } from './act-text.ts';
import { compileCondition } from './compile-condition.ts';
import { Condition } from './condition.ts';
import { compiled } from './patterns.ts';

const book = new Map([
  ['digits', compiled('[0-9]{3}')],
  ['word', compiled('curl')],
]);
const holds = (condition: unknown, value: string | number | boolean): boolean =>
  compileCondition(Condition.parse(condition), book)(typeof value === 'string' ? actText(value) : value) !==
  undefined;
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');

describe('a condition', () => {
  test.for<[string, unknown, string | number | boolean, boolean]>([
    ['is, plain', 'dir', 'DIR', true],
    ['is, one of several', ['dir', 'dbfilename'], 'dbfilename', true],
    ['is, not a part', 'dir', 'dirs', false],
    ['is, the empty text', '', '', true],
    ['is, a number', [8886, 21000], 21000, true],
    ['is, a number that is another', 8886, 8887, false],
    ['is, a truth value', true, true, true],
    ['is, a number written as text', 6379, '6379', true],
    ['prefix', { prefix: ['/usr/', '/opt/'] }, '/OPT/x', true],
    ['prefix, elsewhere', { prefix: '/usr/' }, '/x/usr/', false],
    ['suffix', { suffix: ['.so', '.php'] }, 'a.SO', true],
    ['suffix, elsewhere', { suffix: '.so' }, 'a.so.1', false],
    ['contains', { contains: ['x', 'Needle'] }, 'a needle', true],
    ['contains, in base64', { contains: 'needle in here' }, base64('a needle in here, yes'), true],
    ['contains, in hex', { contains: 'needle' }, Buffer.from('a needle in here').toString('hex'), true],
    ['like, one pattern', { like: 'digits' }, 'a 123', true],
    ['like, both', { like: ['digits', 'word'] }, 'CURL 123', true],
    ['like, one of two missing', { like: ['digits', 'word'] }, 'curl', false],
    [
      'like, in different layers',
      { like: ['digits', 'word'] },
      `123 ${base64('now run curl, please')}`,
      true,
    ],
    ['re, without case', { re: '^a.c$' }, 'AbC', true],
    ['re, a byte above 127', { re: '^\\xac\\xed' }, '\u00ac\u00ed\u0000', true],
    ['over', { over: 2 }, 3, true],
    ['over, equal', { over: 2 }, 2, false],
    ['under, with over', { over: 60099, under: 60200 }, 60114, true],
    ['over, of a text', { over: 2 }, '3', false],
    ['longer', { longer: 0 }, 'x', true],
    ['longer, equal', { longer: 1 }, 'x', false],
    ['not', { not: 'no' }, 'yes', true],
    ['not, twice', { not: { not: 'no' } }, 'no', true],
    ['not, of a number', { not: 6379 }, 6380, true],
    ['not, with another criterion', { contains: 'curl', not: { prefix: '{' } }, '{"a":"curl"}', false],
    ['a text criterion on a number', { contains: '1' }, 1, false],
  ])('%s', ([, condition, value, expected]) => {
    expect(holds(condition, value)).toBe(expected);
  });

  test.for<[string, unknown]>([
    ['nothing', {}],
    ['an unknown criterion', { equals: 1 }],
    ['an empty list', []],
    ['null', null],
  ])('that is %s is refused', ([, condition]) => {
    expect(Condition.safeParse(condition).success).toBe(false);
  });

  test('finds a word wherever it stands, in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), (before, after) => {
        const text = `${Buffer.from(before).toString('latin1')}CuRl${Buffer.from(after).toString('latin1')}`;

        expect(holds({ contains: 'curl' }, text)).toBe(true);
        expect(holds({ like: 'word' }, text)).toBe(true);
        expect(holds({ not: { contains: 'curl' } }, text)).toBe(false);
      }),
    );
  });
});
