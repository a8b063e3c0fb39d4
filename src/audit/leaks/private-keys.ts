import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import type { Leak, LeakDetector } from './leak.ts';
import type { PemBlock } from './pem-blocks.ts';
import { MOST_BLOCKS, pemBlocks } from './pem-blocks.ts';

/** Private keys in PEM and OpenSSH form. A block that is complete but no key is documentation, not a leak. */
export const privateKeys: LeakDetector = (text) =>
  pemBlocks(text, MOST_BLOCKS).flatMap((block) => privateKeyLeak(block) ?? []);

function privateKeyLeak(block: PemBlock): Leak | undefined {
  const { label, body, complete } = block;
  if (!label.endsWith('PRIVATE KEY')) return label === 'PGP PRIVATE KEY BLOCK' ? pgpKey(block) : undefined;
  if (label === 'OPENSSH PRIVATE KEY') return openSshKey(body);
  const encrypted = label.startsWith('ENCRYPTED') || block.text.includes('Proc-Type: 4,ENCRYPTED');
  if (encrypted || !complete) {
    // DER of every private key begins with a SEQUENCE; an encrypted old-style body has no structure to see.
    const plausible =
      body.length >= 48 && (body[0] === 0x30 || block.text.includes('Proc-Type: 4,ENCRYPTED'));
    if (!plausible) return undefined;
    return {
      kind: encrypted ? 'private-key.encrypted' : 'private-key.cut',
      title: encrypted ? 'private key, encrypted' : 'private key, of which only the beginning was read',
      severity: encrypted ? 'medium' : 'high',
      secret: body.toString('latin1'),
    };
  }
  const key = parsePrivateKey(block);
  if (key === undefined) return undefined;
  return {
    kind: 'private-key',
    title: describeKey(key),
    severity: 'critical',
    secret: body.toString('latin1'),
  };
}

export function parsePrivateKey({ text, label, complete }: PemBlock): KeyObject | undefined {
  if (!complete || !label.endsWith('PRIVATE KEY') || label === 'OPENSSH PRIVATE KEY') return undefined;
  try {
    return createPrivateKey({ key: Buffer.from(text, 'latin1'), format: 'pem' });
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

const OPENSSH_MAGIC = 'openssh-key-v1\0';

/** The form is described in OpenSSH's PROTOCOL.key: magic, cipher, KDF, KDF options, number of keys, public keys. */
function openSshKey(body: Buffer): Leak | undefined {
  if (body.toString('latin1', 0, OPENSSH_MAGIC.length) !== OPENSSH_MAGIC) return undefined;
  const at = OPENSSH_MAGIC.length;
  if (body.length < at + 8) return undefined;
  const length = body.readUInt32BE(at);
  if (length === 0 || length > 64) return undefined;
  const open = body.toString('latin1', at + 4, at + 4 + length) === 'none';
  return {
    kind: open ? 'private-key.openssh' : 'private-key.encrypted',
    title: open ? 'OpenSSH private key without a passphrase' : 'OpenSSH private key, encrypted',
    severity: open ? 'critical' : 'medium',
    secret: body.toString('latin1'),
  };
}

/** Packet tags 5 (secret key) in old and new form, RFC 4880 section 4.2. */
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
