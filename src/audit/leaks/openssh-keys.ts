import sshpk from 'sshpk';
import type { Leak } from './leak.ts';
import type { PemBlock } from './pem-blocks.ts';

const MAGIC = 'openssh-key-v1\0';

/** The form is described in OpenSSH's PROTOCOL.key: magic, cipher, KDF, KDF options, number of keys, public keys. */
export function openSshKey({ text, body, complete }: PemBlock): Leak | undefined {
  if (body.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const at = MAGIC.length;
  if (body.length < at + 8) return undefined;
  const length = body.readUInt32BE(at);
  if (length === 0 || length > 64) return undefined;
  const open = body.toString('latin1', at + 4, at + 4 + length) === 'none';
  const about = open && complete ? describe(text) : undefined;
  return {
    kind: open ? 'private-key.openssh' : 'private-key.encrypted',
    title: open ? 'OpenSSH private key without a passphrase' : 'OpenSSH private key, encrypted',
    severity: open ? 'critical' : 'medium',
    secret: about ?? body.toString('latin1'),
    ...(about === undefined ? {} : { about }),
  };
}

/** Undefined for a kind of key that sshpk does not read (of security keys, for one). */
function describe(pem: string): string | undefined {
  try {
    const key = sshpk.parsePrivateKey(pem, 'openssh');
    return `${key.type} private key of ${key.size} bits, ${key.fingerprint('sha256').toString()}`;
  } catch {
    return undefined;
  }
}
