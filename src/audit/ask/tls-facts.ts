import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { printable, printableText } from '../../model/printable.ts';
import type { TlsFacts } from '../server-facts.ts';

const MOST_NAMES = 50;

/** What the handshake agreed on and the certificate says; undefined on a plain socket. */
export function tlsFacts(socket: Socket | TLSSocket): TlsFacts | undefined {
  if (!('authorized' in socket)) return undefined;
  const { version, name } = socket.getCipher();
  const certificate = certificateOf(socket);
  return {
    protocol: printable(socket.getProtocol() ?? version, 20),
    cipher: printable(name, 80),
    fault: faultOf(socket),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

function faultOf(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined;
  const reason: unknown = Reflect.get(socket, 'authorizationError');
  const code =
    reason instanceof Error ? ('code' in reason ? String(reason.code) : reason.message) : String(reason);
  return printableText(code, 200);
}

function certificateOf(socket: TLSSocket): TlsFacts['certificate'] | undefined {
  const x509 = socket.getPeerX509Certificate();
  if (x509 === undefined) return undefined;
  const { publicKey } = x509;
  const details = publicKey.asymmetricKeyDetails;
  const curve = details?.namedCurve ?? '';
  return {
    subject: printable(x509.subject ?? '', 200),
    issuer: printable(x509.issuer ?? '', 200),
    names: (x509.subjectAltName ?? '')
      .slice(0, 16_384)
      .split(', ', MOST_NAMES)
      .filter((name) => name !== '')
      .map((name) => printable(name, 120)),
    validFrom: Date.parse(x509.validFrom),
    validTo: Date.parse(x509.validTo),
    keyType: (publicKey.asymmetricKeyType ?? 'unknown').toUpperCase(),
    keyBits: details?.modulusLength ?? Number(/\d{3}/.exec(curve)?.[0] ?? 256),
    selfSigned: x509.subject === x509.issuer && x509.verify(publicKey),
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}
