import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CERTIFICATE, CERTIFICATE_KEY } from '../../../test/peers/hostile-certificate.ts';
import type { LeakGroup } from './collect-leaks.ts';
import { collectLeaks } from './collect-leaks.ts';

function found(...values: string[]): LeakGroup[] {
  const leaks = collectLeaks();
  for (const [at, value] of values.entries()) leaks.observe(value, `db0/key${at}`);
  return [...leaks.groups.values()].filter(({ count }) => count > 0);
}
const kinds = (...values: string[]): string[] => found(...values).map(({ kind }) => kind);

const pem = (type: 'pkcs8' | 'pkcs1' = 'pkcs8', passphrase?: string): string =>
  generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .privateKey.export(
      passphrase === undefined
        ? { type, format: 'pem' }
        : { type, format: 'pem', cipher: 'aes-256-cbc', passphrase },
    )
    .toString();
const openSsh = (cipher: string): string => {
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    Buffer.from([0, 0, 0, cipher.length]),
    Buffer.from(cipher),
    Buffer.alloc(200, 7),
  ]).toString('base64');
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`;
};
const github = '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';

describe('leaks in values', () => {
  test('knows private keys by parsing them', () => {
    const [rsa] = found(pem());

    expect(rsa).toMatchObject({
      kind: 'private-key',
      title: 'RSA private key of 2048 bits',
      severity: 'critical',
    });
    expect(kinds(pem('pkcs1'))).toEqual(['private-key']);
    expect(kinds(JSON.stringify({ tls: { key: pem() } }))).toEqual(['private-key']);
    expect(kinds(Buffer.from(pem()).toString('base64'))).toEqual(['private-key']);
    expect(kinds(pem('pkcs8', 'open sesame'))).toEqual(['private-key.encrypted']);
    expect(kinds(pem().slice(0, 800))).toEqual(['private-key.cut']);
    expect(kinds(openSsh('none'))).toEqual(['private-key.openssh']);
    expect(kinds(openSsh('aes256-ctr'))).toEqual(['private-key.encrypted']);
  });

  test.for([
    'text about -----BEGIN RSA PRIVATE KEY----- in a manual',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA...\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nbm90IGEga2V5\n-----END OPENSSH PRIVATE KEY-----',
    '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----',
  ])('takes %j for no key', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  test.for([
    ['token.github', `{"token":"${github}"}`],
    ['token.gitlab', 'glpat-x9Jw_2mKq-7LpRt4VbNz'],
    ['token.slack', 'SLACK=xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx'],
    ['token.stripe', ['sk', 'live', '9aB8cD7eF6gH5iJ4kL3mN2oP'].join('_')],
    ['token.google', 'AIzaSyD-9tXqLmN8oPzRw2vKb3cGhJ5fT7uYeA1'],
    ['token.aws', 'AKIAQWERTYUIOP234567 wJalrXUtnFEMIK7MDENGbPxRfiCYzq9KLMNoPQRS'],
    ['connection-string', 'DATABASE_URL=postgres://app:s3cr3t-horse@db.internal:5432/app'],
  ] as const)('knows a %s', ([kind, text]) => {
    expect(kinds(text)).toEqual([kind]);
  });

  test.for([
    'AKIAIOSFODNN7EXAMPLE',
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'sk_live_aaaaaaaaaaaaaaaaaaaaaaaa',
    'postgres://app:password@db/app',
    'postgres://app:${DB_PASSWORD}@db/app',
    'redis://127.0.0.1:6379/0',
    'https://user:pass1234@www.example.com/',
    '4fZk9aB8cD7eF6gH5iJ4kL3mN2oP1qR0sT9uV8wX7yZ6',
    'd41d8cd98f00b204e9800998ecf8427e',
  ])('takes %j for no secret', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  test('lowers a GitHub token whose checksum does not hold', () => {
    const [token] = found(github.replace('S3nD', 'S3nE'));

    expect(token).toMatchObject({ kind: 'token.github', severity: 'low' });
  });

  test('knows signed web tokens, and not what only looks like one', () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1' })}.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg`;

    expect(kinds(token)).toEqual(['web-token']);
    expect(kinds(`${part({ a: 1 })}.${part({ sub: '1' })}.AbCdEfGhIjKlMnOpQrStUvWx`)).toEqual([]);
    expect(kinds('eyJhbGciOiJIUzI1NiJ9.notjson.AbCdEfGhIjKlMnOpQrStUvWx')).toEqual([]);
  });

  test('counts distinct people, cards and accounts', () => {
    const groups = found(
      'ann@corp-mail.com, Ann@corp-mail.com, bob@corp-mail.com',
      '{"card":"4539 1488 0343 6467"}',
      'card_number: 5425233430109903',
      'DE89 3704 0044 0532 0130 00 and GB82WEST12345698765432',
    );

    expect(groups.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
      'personal.email 2',
      'personal.card 2',
      'personal.iban 2',
    ]);
  });

  test.for([
    '1700000000000 4539148803436467 1700000000001',
    '45391488034364670000000',
    '4539 1488 0343 6468',
    '4111 1111 1111 1111',
    'DE89370400440532013001',
    'git@github.com:owner/project.git',
    'user@localhost root@web-1 a@b.png x@example.com',
    'postgres://app:secretly-long@mail.example.org/x',
    '{"id":9007199254740993,"at":1732442400123,"n":4539148803436467}',
  ])('takes %j for no personal data', (text) => {
    expect(kinds(text).filter((kind) => kind.startsWith('personal'))).toEqual([]);
  });

  test('holds a fingerprint and a place, never the value', () => {
    const secret = pem();

    const groups = found(
      secret,
      `again ${secret}`,
      github,
      'postgres://app:s3cr3t-horse@db.internal/x',
      'ann@corp-mail.com',
    );

    const kept = JSON.stringify(groups.map((group) => ({ ...group, places: [...group.places] })));
    expect(groups[0]).toMatchObject({ kind: 'private-key', count: 1 });
    expect([...(groups[0]?.places.keys() ?? [])]).toEqual(['db0/key0', 'db0/key1']);
    expect(kept).not.toMatch(/MII|ghp_|s3cr3t|ann@/);
    expect(kept).toMatch(/"[0-9a-f]{16}"/);
  });

  test('never throws, whatever the bytes', () => {
    const word = fc.constantFrom(
      '-----BEGIN ',
      'PRIVATE KEY-----',
      '-----END ',
      'eyJ',
      '.',
      '@',
      '://',
      'ghp_',
      '\n',
      'DE89',
      ' ',
      '\\n',
      'a:b',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.string({ unit: 'binary-ascii', maxLength: 8 })), { maxLength: 40 }),
        (parts) => {
          expect(Array.isArray(found(parts.join('')))).toBe(true);
        },
      ),
    );
  });

  test.for([
    ['at signs', 'a@'.repeat(32_768)],
    ['BEGIN lines', '-----BEGIN PRIVATE KEY-----\n'.repeat(2_300)],
    ['token beginnings', 'eyJ'.repeat(21_000)],
    ['upper-case words', `${'AA00AAAA'.repeat(4)}a `.repeat(1_900)],
    ['URLs', 'mysql://a:'.repeat(6_500)],
    ['digits', '1234 '.repeat(13_000)],
    ['the beginning of a key', 'A'.repeat(65_536)],
    ['beginnings of tokens', 'xoxb-1'.repeat(10_900)],
    ['members of web keys', '"kty"'.repeat(13_100)],
    ['escapes', '\\u0041'.repeat(10_900)],
  ])('looks at 64 KiB of %s in bounded steps', ([, text]) => {
    expect(found(text ?? '').length).toBeLessThan(3);
  });
});

describe('a certificate', () => {
  test('is told to be stored with its key, wherever each stands', () => {
    const leaks = collectLeaks();
    leaks.observe(CERTIFICATE, 'db0/cert');
    expect(leaks.certificatesWithKey()).toEqual([]);

    leaks.observe(JSON.stringify({ key: CERTIFICATE_KEY }), 'db0/key');

    expect(leaks.certificatesWithKey()).toEqual([
      expect.stringMatching(/^CN=audit\.example\.invalid, until /),
    ]);
  });
});
