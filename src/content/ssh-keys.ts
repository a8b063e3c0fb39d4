import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';

const KINDS = [
  'ssh-rsa',
  'ssh-dss',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
];
/** A 16,384-bit RSA key takes 2,800 characters. */
const LONGEST_BLOB = 4_096;

/** Fingerprints (`SHA256:...`, as ssh-keygen -l prints them) of the SSH public keys in a text. */
export function sshKeysIn(text: ByteString, most: number): string[] {
  const found = new Set<string>();
  let from = 0;
  while (found.size < most) {
    const mark = text.indexOf(' AAAA', from);
    if (mark < 0) break;
    from = mark + 5;
    const kind = KINDS.find((name) => text.slice(Math.max(0, mark - name.length), mark) === name);
    if (kind === undefined) continue;
    const blob = /^[A-Za-z0-9+/]*={0,2}/.exec(text.slice(mark + 1, mark + 1 + LONGEST_BLOB))?.[0] ?? '';
    const key = Buffer.from(blob, 'base64');
    if (!namesItself(key, kind)) continue;
    found.add(`SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`);
  }
  return [...found];
}

/** The blob of a real key begins with the length and the name of its kind (RFC 4253, 6.6). */
function namesItself(key: Buffer, kind: string): boolean {
  return (
    key.length > kind.length + 8 &&
    key.readUInt32BE(0) === kind.length &&
    key.toString('latin1', 4, 4 + kind.length) === kind
  );
}
