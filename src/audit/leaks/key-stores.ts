import type { ByteString } from '../../model/bytes.ts';
import { CUE, cuesIn } from './cue-words.ts';
import type { Leak, LeakDetector } from './leak.ts';

/** Files that hold private keys behind a password, or in a form of their own: one finding a value. */
export const keyStores: LeakDetector = (text) => {
  const first = text.charCodeAt(0);
  const binary = first === 0x30 || first > 0x90;
  const title =
    (binary ? binaryStore(text) : undefined) ??
    ((cuesIn(text) & CUE.store) === 0 ? undefined : textStore(text));
  if (title === undefined) return [];
  const leak: Leak = { kind: 'private-key.store', title, severity: 'high', secret: text.slice(0, 4_096) };
  return [leak];
};

/** The OID 1.2.840.113549.1.7, of which the content of every PKCS#12 file is. */
const PKCS7 = '\u0006\u0009\u002a\u0086\u0048\u0086\u00f7\u000d\u0001\u0007';

function binaryStore(text: ByteString): string | undefined {
  switch (text.charCodeAt(0)) {
    case 0xfe:
      return /^\u00fe\u00ed\u00fe\u00ed\0\0\0[\u0001\u0002]/.test(text.slice(0, 8))
        ? 'Java key store'
        : undefined;
    case 0xce:
      return /^\u00ce\u00ce\u00ce\u00ce\0\0\0[\u0001\u0002]/.test(text.slice(0, 8))
        ? 'Java key store'
        : undefined;
    case 0x30: {
      // RFC 7292: PFX ::= SEQUENCE { version INTEGER (3), authSafe ContentInfo ... }
      const version = text.indexOf('\u0002\u0001\u0003\u0030');
      const type = text.indexOf(PKCS7);
      return version >= 2 && version <= 5 && type > version && type < version + 12
        ? 'PKCS#12 key store'
        : undefined;
    }
    // RFC 4880 5.5.3: a secret-key packet of version 4, by a known algorithm.
    case 0x94:
      return isSecretPacket(text, 2) ? 'PGP private key' : undefined;
    case 0x95:
      return isSecretPacket(text, 3) ? 'PGP private key' : undefined;
    case 0xc5:
      return isSecretPacket(text, 2) || isSecretPacket(text, 3) ? 'PGP private key' : undefined;
    default:
      return undefined;
  }
}

function isSecretPacket(text: ByteString, at: number): boolean {
  const time = text.charCodeAt(at + 1);
  return (
    text.length > 64 &&
    text.charCodeAt(at) === 4 &&
    time >= 0x30 &&
    time < 0x90 &&
    [1, 16, 17, 18, 19, 22].includes(text.charCodeAt(at + 5))
  );
}

function textStore(text: ByteString): string | undefined {
  if (
    text.includes('-----BEGIN OpenVPN Static key V1-----') &&
    /[0-9a-f]{32}\s{1,4}[0-9a-f]{32}/.test(text.slice(0, 8_192))
  )
    return 'OpenVPN static key';
  if (/---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\s{1,4}[\w+/=:" ,.-]{40}/.test(text))
    return 'SSH2 private key';
  if (text.includes('encrypted secret key') && /\bRWR[A-Za-z0-9+/=]{100,300}/.test(text))
    return 'minisign secret key';
  if (text.includes('"kdfparams"') && /"ciphertext"\s?:\s?"[0-9a-f]{64}"/.test(text))
    return 'Ethereum key store';
  if (
    text.includes('$ANSIBLE_VAULT;') &&
    /\$ANSIBLE_VAULT;1\.[12];AES256[\w;-]{0,64}\s{1,4}[0-9a-f]{64}/.test(text)
  )
    return 'Ansible vault';
  return undefined;
}
