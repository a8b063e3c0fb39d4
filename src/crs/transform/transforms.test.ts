import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainOf, transformed } from '../match/chain.ts';
import { TRANSFORMS } from './transforms.ts';

const bytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 80,
});

function apply(name: string, value: string): string | undefined {
  return TRANSFORMS.get(name)?.(value);
}

describe('transformations', () => {
  test.for([
    ['urldecodeuni', '%3cscript%3E+%u0041%uff1c%zz%', '<script> A<%zz%'],
    ['urldecodeuni', '%u2019 or', "' or"],
    ['urldecode', '%u0041+%41', '%u0041 A'],
    ['htmlentitydecode', '&lt;a&#x3e;&#62;&amp&nbsp;&bogus;&#;', '<a>>&\xa0&bogus;&#;'],
    ['jsdecode', '\\u0061\\x62\\143\\n\\q\\477', "abc\nq'7"],
    ['cssdecode', 'ja\\vascript\\3a \\00003c x', 'javascript:<x'],
    ['escapeseqdecode', '\\x41\\101\\t\\q', 'AA\t\\q'],
    ['utf8tounicode', 'a\xe2\x80\x99\xc3\xa9\xff', 'a%u2019%u00e9\xff'],
    ['removenulls', 'a\0b\0', 'ab'],
    ['removewhitespace', ' a\tb\xa0c\n', 'abc'],
    ['compresswhitespace', ' a \t\n b', ' a b'],
    ['lowercase', 'ABC\xc4', 'abc\xc4'],
    ['replacecomments', 'a/*b*/c/*d', 'a c '],
    ['removecommentschar', 'a/*b*/c--d#e<!--f', 'abcdef'],
    ['cmdline', 'C^md.E"xe  /c,  (DIR)', 'cmd.exe/c(dir)'],
    ['normalizepath', '/a//b/../c/./d/', '/a/c/d/'],
    ['normalizepath', '../../x/../y', '../../y'],
    ['normalizepathwin', '..\\..\\windows\\.\\win.ini', '../../windows/win.ini'],
    ['base64decode', 'YWJj!ZGVm', 'abc'],
    ['base64decodeext', 'YWJj!ZGVm', 'abcdef'],
    ['hexencode', 'a\xff', '61ff'],
    ['sqlhexdecode', 'x0x414243y', 'xABCy'],
    ['length', 'abcd', '4'],
  ] as const)('%s of %j', ([name, value, wanted]) => {
    expect(apply(name, value)).toBe(wanted);
  });

  test('sha1 and hexEncode are the digest that everyone knows', () => {
    expect(apply('hexencode', apply('sha1', 'abc') ?? '')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  });

  test('none throws or leaves the bytes', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(...TRANSFORMS.keys()), (value, name) => {
        const result = apply(name, value) ?? '';
        expect(/[^\0-\xff]/.test(result)).toBe(false);
      }),
    );
  });

  test('decoders that are passed over for plain values would have left them alone', () => {
    const names = fc.array(fc.constantFrom(...TRANSFORMS.keys()), { maxLength: 5 });
    fc.assert(
      fc.property(bytes, names, (value, chain) => {
        const all = chain.reduce((before, name) => apply(name, before) ?? '', value);
        expect(transformed(value, chainOf(chain))).toBe(all);
      }),
    );
  });
});
