import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { Leak, LeakDetector } from './leak.ts';
import { openSshKey } from './openssh-keys.ts';
import type { PemBlock } from './pem-blocks.ts';
import { MOST_BLOCKS, pemBlocks } from './pem-blocks.ts';

/** Private keys in PEM and OpenSSH form. A block that is complete but no key is documentation, not a leak. */
export const privateKeys: LeakDetector = (text) =>
  pemBlocks(text, MOST_BLOCKS).flatMap((block) => privateKeyLeak(block) ?? []);

function privateKeyLeak(block: PemBlock): Leak | undefined {
  const { label, body, complete } = block;
  if (!label.endsWith('PRIVATE KEY')) return label === 'PGP PRIVATE KEY BLOCK' ? pgpKey(block) : undefined;
  if (label === 'OPENSSH PRIVATE KEY') return openSshKey(block);
  const old = block.text.includes('Proc-Type: 4,ENCRYPTED');
  const encrypted = label.startsWith('ENCRYPTED') || old;
  if (encrypted || !complete) {
    // DER of every private key begins with a SEQUENCE; an encrypted old-style body has no structure to see.
    if (body.length < 48 || (body[0] !== 0x30 && !old)) return undefined;
    return {
      kind: encrypted ? 'private-key.encrypted' : 'private-key.cut',
      title: encrypted ? 'private key, encrypted' : 'private key, of which only the beginning was read',
      severity: encrypted ? 'medium' : 'high',
      secret: body.toString('latin1'),
    };
  }
  const key = parsePrivateKey(block);
  return key === undefined ? undefined : keyLeak(key);
}

export function parsePrivateKey({ text, label, complete }: PemBlock): KeyObject | undefined {
  if (!complete || !label.endsWith('PRIVATE KEY') || label === 'OPENSSH PRIVATE KEY') return undefined;
  try {
    return createPrivateKey({ key: Buffer.from(text, 'latin1'), format: 'pem' });
  } catch {
    return undefined;
  }
}

/** Told apart by their public half, so the same key in two forms is one. */
export function keyLeak(key: KeyObject): Leak {
  const fingerprint = publicFingerprint(key) ?? 'unknown';
  const kind = describeKey(key);
  return {
    kind: 'private-key',
    title: kind,
    severity: 'critical',
    secret: fingerprint,
    about: `${kind}, public key SHA256:${fingerprint}`,
  };
}

/** SHA-256 of the public key as SubjectPublicKeyInfo, hexadecimal. */
export function publicFingerprint(key: KeyObject): string | undefined {
  try {
    const open = key.type === 'private' ? createPublicKey(key) : key;
    return createHash('sha256')
      .update(open.export({ type: 'spki', format: 'der' }))
      .digest('hex');
  } catch {
    return undefined;
  }
}

function describeKey(key: KeyObject): string {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const kind = (key.asymmetricKeyType ?? 'unknown').toUpperCase();
  if (modulusLength !== undefined) return `${kind} private key of ${modulusLength} bits`;
  return `${kind} private key${namedCurve === undefined ? '' : ` on ${namedCurve}`}`;
}

/** Packet tag 5 (secret key) in new and old form, RFC 4880 section 4.2. */
function pgpKey({ body }: PemBlock): Leak | undefined {
  const first = body[0] ?? 0;
  if (body.length < 64 || (first !== 0xc5 && (first & 0xfc) !== 0x94)) return undefined;
  return {
    kind: 'private-key.pgp',
    title: 'PGP private key',
    severity: 'high',
    secret: body.toString('latin1'),
  };
}
