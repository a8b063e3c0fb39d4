import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collectLeaks } from './collect-leaks.ts';
import { plantedSecrets } from './testing/planted.ts';

function kinds(value: string): string[] {
  const leaks = collectLeaks();
  leaks.observe(value, 'db0/value:1');
  return [...leaks.groups.keys()];
}
const latin1 = (bytes: Buffer): string => bytes.toString('latin1');
const pickled = (text: string): string => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const string = text.length < 256 ? `\u008c${String.fromCharCode(text.length)}` : `X${latin1(size)}`;
  return `\u0080\u0004\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000}\u0094\u008c\u0001k\u0094${string}${text}\u0094s.`;
};
const java = (text: string): string =>
  `\u00ac\u00ed\u0000\u0005t${String.fromCharCode(text.length >> 8, text.length & 0xff)}${text}`;
const messagePack = (text: string): string =>
  text.length < 256
    ? `\u0081\u00a1k\u00d9${String.fromCharCode(text.length)}${text}\u00c0`
    : `\u0081\u00a1k\u00da${String.fromCharCode(text.length >> 8, text.length & 0xff)}${text}\u00c0`;

const WRAPS: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['quotes', (secret) => `"${secret}"`],
  ['a line of a file', (secret) => `# settings\nA=1\nVALUE=${secret}\nB=2\n`],
  ['JSON', (secret) => JSON.stringify({ id: 7, value: secret, next: true })],
  ['JSON in JSON', (secret) => JSON.stringify({ id: 7, body: JSON.stringify({ value: secret }) })],
  [
    'escapes',
    (secret) =>
      `{"value":"${secret.replace(/[^A-Za-z0-9]/g, (one) => `\\u00${one.charCodeAt(0).toString(16).padStart(2, '0')}`)}"}`,
  ],
  ['base64', (secret) => Buffer.from(`value: ${secret}`).toString('base64')],
  ['base64 of URLs', (secret) => Buffer.from(`{"value":"${secret}"}`).toString('base64url')],
  [
    'base64 in JSON',
    (secret) => JSON.stringify({ data: { value: Buffer.from(`${secret}\n`).toString('base64') } }),
  ],
  ['hexadecimal', (secret) => Buffer.from(`value: ${secret}`).toString('hex')],
  ['gzip', (secret) => latin1(gzipSync(`{"value":"${secret}"}`))],
  ['zlib', (secret) => latin1(deflateSync(`{"value":"${secret}"}`))],
  ['Zstandard', (secret) => latin1(zstdCompressSync(`{"value":"${secret}"}`))],
  ['gzip in base64', (secret) => gzipSync(`{"value":"${secret}"}`).toString('base64')],
  ['URL encoding', (secret) => `a=1&value=${encodeURIComponent(secret)}&b=2`],
  ['PHP', (secret) => `a:1:{s:5:"value";s:${secret.length}:"${secret}";}`],
  ['pickle', pickled],
  ['Java', java],
  ['MessagePack', messagePack],
];

describe.for(plantedSecrets().map(([kind, secret], at) => [`${kind} (${at})`, kind, secret] as const))(
  'a planted %s',
  ([, kind, secret]) => {
    test.for(WRAPS)('is found in %s, and nothing else is', ([, wrap]) => {
      expect(kinds(wrap(secret))).toEqual([kind]);
    });
  },
);

describe('the report', () => {
  test('holds no planted secret, however many there are', () => {
    const leaks = collectLeaks();
    for (const [at, [, secret]] of plantedSecrets().entries()) {
      leaks.observe(secret, `db0/${secret.slice(0, 120)}`);
      leaks.observe(JSON.stringify({ secret }), `db0/key:${at}`, 'secret');
    }

    const kept = JSON.stringify(
      [...leaks.groups.values()].map((group) => ({ ...group, places: [...group.places] })),
    );
    expect(leaks.groups.size).toBeGreaterThan(40);
    for (const [, secret] of plantedSecrets()) expect(kept).not.toContain(secret.slice(0, 40));
  });
});
