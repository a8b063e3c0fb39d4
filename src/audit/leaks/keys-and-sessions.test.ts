import { generateKeyPairSync } from 'node:crypto';
import sshpk from 'sshpk';
import { describe, expect, test } from 'vitest';
import { collectLeaks } from './collect-leaks.ts';
import { alnum, hex } from './testing/planted.ts';

function found(value: string, place = 'db0/value'): [kind: string, title: string, shown: string][] {
  const leaks = collectLeaks();
  leaks.observe(value, place);
  return [...leaks.groups.values()].map(({ kind, title, places }) => [
    kind,
    title,
    [...places.values()][0] ?? '',
  ]);
}
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const rsaTitle = 'RSA private key of 2048 bits';

describe('private keys', () => {
  test.for([
    ['PKCS#1', rsa.export({ type: 'pkcs1', format: 'pem' }).toString()],
    [
      'DER in base64, as in acme.json of Traefik',
      JSON.stringify({
        Account: { PrivateKey: rsa.export({ type: 'pkcs1', format: 'der' }).toString('base64') },
      }),
    ],
    [
      'PEM in base64, as in a Kubernetes secret',
      JSON.stringify({
        data: {
          'tls.key': Buffer.from(rsa.export({ type: 'pkcs8', format: 'pem' }).toString()).toString('base64'),
        },
      }),
    ],
    ['a JSON web key', JSON.stringify({ keys: [{ kid: '1', ...rsa.export({ format: 'jwk' }) }] })],
    [
      'JSON in JSON',
      JSON.stringify({ body: JSON.stringify({ private_key: rsa.export({ type: 'pkcs8', format: 'pem' }) }) }),
    ],
  ] as const)('are known as %s, with the same public fingerprint', ([, value]) => {
    const [pem] = found(rsa.export({ type: 'pkcs8', format: 'pem' }).toString());

    expect(found(value)).toEqual([['private-key', rsaTitle, pem?.[2]]]);
  });

  test('of OpenSSH are told with kind, bits and fingerprint', () => {
    const key = sshpk.generatePrivateKey('ecdsa', { curve: 'nistp256' });

    expect(found(key.toString('openssh'))).toEqual([
      [
        'private-key.openssh',
        'OpenSSH private key without a passphrase',
        `ecdsa private key of 256 bits, ${key.fingerprint('sha256').toString()}`,
      ],
    ]);
  });

  test('of WireGuard are known by the file they stand in', () => {
    const line = `PrivateKey = ${alnum(42)}A=`;

    expect(found(`[Interface]\nAddress = 10.0.0.2/32\n${line}\n`).map(([kind]) => kind)).toEqual([
      'private-key.wireguard',
    ]);
    expect(found(line).map(([kind]) => kind)).toEqual(['named-secret']);
  });

  test('of PuTTY with a passphrase are told to be encrypted', () => {
    const key = [
      'PuTTY-User-',
      `Key-File-2: ssh-rsa\nEncryption: aes256-cbc\nComment: x\nPrivate-Lines: 1\n${alnum(64)}\n`,
    ].join('');

    expect(found(key).map(([kind]) => kind)).toEqual(['private-key.encrypted']);
  });
});

describe('sessions', () => {
  test.for([
    [
      'express',
      '{"cookie":{"originalMaxAge":3600000,"expires":"2026-01-01T00:00:00.000Z","httpOnly":true,"path":"/"},"passport":{"user":"42"}}',
      'db0/k',
    ],
    ['session_encode of PHP', '_token|s:40:"abc";user_id|i:42;', 'db0/k'],
    ['PHP under a session name', 'a:2:{s:7:"user_id";i:42;s:4:"lang";s:2:"en";}', 'db0/PHPREDIS_SESSION:abc'],
    [
      'Laravel',
      `s:80:"a:2:{s:6:"_token";s:40:"${alnum(40)}";s:55:"login_web_${hex(40)}";i:7;}";`,
      'db0/laravel:abc',
    ],
    [
      'Java',
      '\u00ac\u00ed\u0000\u0005sr\u0000\u0020SPRING_SECURITY_CONTEXT principal',
      'db0/spring:session:sessions:1',
    ],
    [
      'pickle of Django',
      '\u0080\u0004\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000}\u0094\u008c\u000d_auth_user_id\u0094\u008c\u00011\u0094s.',
      'db0/:1:django.contrib.sessions.cache1',
    ],
    [
      'Marshal of Rails',
      '\u0004\b{\u0007I"\u0019warden.user.user.key\u0006:\u0006ET[\u0007',
      'db0/session:1',
    ],
  ] as const)('of %s are known', ([, value, place]) => {
    expect(found(value, place).map(([kind]) => kind)).toEqual(['session']);
  });

  test.for([
    ['without an identity', '{"cookie":{"originalMaxAge":3600000,"path":"/"},"views":3}', 'db0/sess:1'],
    ['that are a cache in the same form', 'a:1:{s:7:"user_id";i:42;}', 'db0/wp:users:1'],
    ['that are a job', '{"user_id":42,"task":"mail"}', 'db0/queue'],
  ] as const)('are none %s', ([, value, place]) => {
    expect(found(value, place)).toEqual([]);
  });
});

describe('a stream that unpacks to much', () => {
  test('is read at its head only', async () => {
    const { gzipSync } = await import('node:zlib');
    const secret = ['postgres', '://app:', 's3cr3t-horse', '@db.corp.io/app '].join('');
    const bomb = gzipSync(secret + ' '.repeat(50_000_000)).toString('latin1');

    expect(found(bomb).map(([kind]) => kind)).toEqual(['connection-string']);
  });
});
