import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTarget } from './target-path.ts';

describe('a request target', () => {
  test.for([
    ['/', { path: '/', query: '' }],
    ['/a/./b//c/../d?x=1?y#z', { path: '/a/b/d', query: 'x=1?y' }],
    ['/a/..', { path: '/', query: '' }],
    ['/a/b/.', { path: '/a/b/', query: '' }],
    ['/%2e%2e%2fa%3fb', undefined],
    ['/x/%2e%2e/a%3fb', { path: '/a?b', query: '' }],
    ['http://Host.example:81', { path: '/', query: '', host: 'host.example:81' }],
    ['http://h?x', { path: '/', query: 'x', host: 'h' }],
    ['/../a', undefined],
    ['/%', undefined],
    ['/%00', undefined],
    ['*', undefined],
    ['a', undefined],
  ] as const)('%s', ([target, expected]) => {
    expect(parseTarget(target)).toEqual(expected);
  });

  test('never leads out of the root, whatever is sent', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      '%2e',
      '%2f',
      'a',
      '%',
      '?',
      '#',
      '\\',
      '//',
      'http://h',
      '\u00ff',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const parsed = parseTarget(`/${pieces.join('')}`);

        expect(parsed?.path.split('/') ?? []).not.toContain('..');
        expect(parsed?.path.startsWith('/') ?? true).toBe(true);
      }),
    );
  });
});
