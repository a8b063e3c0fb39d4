import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sshKeysIn } from './ssh-keys.ts';

/** A public key as authorized_keys holds it (RFC 8709). */
function ed25519Line(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const part = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]).toString('base64')}`;
}

const hasKeygen = spawnSync('ssh-keygen', ['-V']).error === undefined;

describe('SSH keys', () => {
  test.skipIf(!hasKeygen)('have the fingerprint that ssh-keygen prints', () => {
    const line = ed25519Line();
    const told = spawnSync('ssh-keygen', ['-l', '-f', '-'], { input: `${line} x\n`, encoding: 'utf8' });

    expect(told.stdout.split(' ')[1]).toBe(sshKeysIn(`\n\n${line} x\n\n`, 8)[0]);
  });

  test('are found between padding, in JSON and twice only once', () => {
    const line = ed25519Line();

    expect(sshKeysIn(`\n\n\n${line} root@example.invalid\n\n`, 8)).toHaveLength(1);
    expect(sshKeysIn(`{"key":"${line}"}`, 8)).toHaveLength(1);
    expect(sshKeysIn(`${line}\n${line} again\n`, 8)).toHaveLength(1);
  });

  test.for<[string, string]>([
    ['a key whose blob names another kind', ed25519Line().replace('ssh-ed25519', 'ssh-rsa')],
    ['a key that was cut off', ed25519Line().slice(0, 30)],
    ['words about keys', 'ssh-rsa AAAA is how they begin'],
  ])('%s is none', ([, text]) => {
    expect(sshKeysIn(text, 8)).toEqual([]);
  });

  test('are at most as many as asked for', () => {
    const text = Array.from({ length: 5 }, ed25519Line).join('\n');

    expect(sshKeysIn(text, 3)).toHaveLength(3);
  });
});
