import type { ByteString } from './byte-string.ts';

export type Protocol = 'http' | 'tls' | 'ssh' | 'smb' | 'rdp' | 'redis' | 'unknown';

/** Which protocol the first bytes of a connection belong to, by its first 256 bytes. */
export function looksLike(bytes: ByteString): Protocol {
  const head = bytes.slice(0, 256);
  // TLS records: handshake, major version 3. The old SSLv2 hello: its length, then client hello.
  if (head.startsWith('\u0016\u0003') || /^[\u0080-\u00ff][^]\u0001[\u0000\u0002\u0003]/.test(head))
    return 'tls';
  if (/^[A-Z]{3,12} \S{1,200} HTTP\/\d/.test(head) || head.startsWith('PRI * HTTP')) return 'http';
  if (/^(host|user-agent):/i.test(head)) return 'http';
  if (head.startsWith('SSH-')) return 'ssh';
  if (/^[^]{4}[\u00fe\u00ff]SMB/.test(head)) return 'smb';
  // TPKT and X.224 connection request.
  if (/^\u0003\u0000[^]{3}\u00e0/.test(head)) return 'rdp';
  return /^[*$]-?\d/.test(head) ? 'redis' : 'unknown';
}
