import { X509Certificate } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { printableText } from '../../model/printable.ts';
import { MOST_BLOCKS, pemBlocks } from './pem-blocks.ts';
import { parsePrivateKey, publicFingerprint } from './private-keys.ts';

/** Certificates and the keys that belong to them, wherever in the server either stands. */
export interface KeyPairs {
  observe(text: ByteString): void;
  /** One line a certificate whose private key is there too; safe to print. */
  complete(): readonly string[];
}

const MOST = 500;

export function collectKeyPairs(): KeyPairs {
  const certificates = new Map<string, string>();
  const keys = new Set<string>();
  return {
    observe: (text) => {
      if (!text.includes('-----BEGIN ')) return;
      for (const block of pemBlocks(text, MOST_BLOCKS)) {
        if (block.label === 'CERTIFICATE' && certificates.size < MOST)
          addCertificate(block.text, certificates);
        const key = keys.size < MOST ? parsePrivateKey(block) : undefined;
        const fingerprint = key === undefined ? undefined : publicFingerprint(key);
        if (fingerprint !== undefined) keys.add(fingerprint);
      }
    },
    complete: () =>
      [...certificates].flatMap(([fingerprint, about]) => (keys.has(fingerprint) ? [about] : [])),
  };
}

function addCertificate(pem: ByteString, into: Map<string, string>): void {
  try {
    const certificate = new X509Certificate(Buffer.from(pem, 'latin1'));
    const fingerprint = publicFingerprint(certificate.publicKey);
    const subject = certificate.subjectAltName ?? certificate.subject;
    if (fingerprint === undefined) return;
    into.set(
      fingerprint,
      printableText(`${subject.replaceAll('\n', ', ')}, until ${certificate.validTo}`, 160),
    );
  } catch {
    // Not a certificate: nothing to report.
  }
}
