import type { ByteString } from './byte-string.ts';

/** Who really connected, as a balancer says at the head of the connection (the PROXY protocol, versions 1 and 2). */
export type ProxyHeader =
  /** More bytes are needed. */
  | { readonly kind: 'more' }
  /** `source` is undefined when the balancer speaks for itself (LOCAL, UNKNOWN): the connection's own peer counts. */
  | {
      readonly kind: 'header';
      readonly length: number;
      readonly source: ProxyEnd | undefined;
      readonly target: ProxyEnd | undefined;
    }
  | { readonly kind: 'fault'; readonly message: string };

export interface ProxyEnd {
  readonly address: string;
  readonly port: number;
}

/** The longest line of version 1, its end included. */
const LONGEST_LINE = 107;
const SIGNATURE: ByteString = '\r\n\r\n\0\r\nQUIT\n';
const FIXED = 16;
/** Addresses and the additions that balancers make; more is no header. */
const LONGEST_BODY = 2_048;

/** Reads the head of a connection. */
export function readProxyHeader(bytes: ByteString): ProxyHeader {
  const first = bytes.slice(0, SIGNATURE.length);
  if (SIGNATURE.startsWith(first)) return bytes.length < FIXED ? MORE : readBinary(bytes);
  const word = bytes.slice(0, 6);
  return 'PROXY '.startsWith(word) ? readLine(bytes) : fault('no PROXY header');
}

const MORE: ProxyHeader = { kind: 'more' };
const fault = (message: string): ProxyHeader => ({ kind: 'fault', message });

function readLine(bytes: ByteString): ProxyHeader {
  const end = bytes.slice(0, LONGEST_LINE).indexOf('\r\n');
  if (end < 0) return bytes.length < LONGEST_LINE ? MORE : fault('PROXY line without an end');
  const line = bytes.slice(0, end);
  const length = end + 2;
  if (/^PROXY UNKNOWN( |$)/.test(line))
    return { kind: 'header', length, source: undefined, target: undefined };
  const parts = /^PROXY TCP([46]) ([0-9a-fA-F:.]{2,39}) ([0-9a-fA-F:.]{2,39}) (\d{1,5}) (\d{1,5})$/.exec(
    line,
  );
  const [, family, from = '', to = '', fromPort, toPort] = parts ?? [];
  const source = { address: from, port: Number(fromPort) };
  const target = { address: to, port: Number(toPort) };
  const fits = family === '4' ? isV4 : isV6;
  if (parts === null || ![source, target].every((one) => fits(one.address) && one.port <= 65_535)) {
    return fault('PROXY line that cannot be read');
  }
  return { kind: 'header', length, source, target };
}

function readBinary(bytes: ByteString): ProxyHeader {
  const at = (index: number): number => bytes.charCodeAt(index);
  const body = at(14) * 256 + at(15);
  if (at(12) >> 4 !== 2 || (at(12) & 15) > 1) return fault('PROXY header of an unknown version');
  if (body > LONGEST_BODY) return fault('PROXY header that is too long');
  const length = FIXED + body;
  if (bytes.length < length) return MORE;
  const local = { kind: 'header', length, source: undefined, target: undefined } as const;
  if ((at(12) & 15) === 0) return local;
  const port = (index: number): number => at(index) * 256 + at(index + 1);
  if (at(13) === 0x11 && body >= 12) {
    const source = { address: v4At(bytes, 16), port: port(24) };
    return { kind: 'header', length, source, target: { address: v4At(bytes, 20), port: port(26) } };
  }
  if (at(13) === 0x21 && body >= 36) {
    const source = { address: v6At(bytes, 16), port: port(48) };
    return { kind: 'header', length, source, target: { address: v6At(bytes, 32), port: port(50) } };
  }
  // UDP, Unix sockets, unspecified: nothing that a Redis could be reached by.
  return at(13) === 0 ? local : fault('PROXY header of another protocol');
}

const v4At = (bytes: ByteString, from: number): string =>
  [0, 1, 2, 3].map((offset) => bytes.charCodeAt(from + offset)).join('.');

function v6At(bytes: ByteString, from: number): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    (bytes.charCodeAt(from + 2 * at) * 256 + bytes.charCodeAt(from + 2 * at + 1)).toString(16),
  );
  return shortened(groups.join(':'));
}

/** As RFC 5952 writes it: the URL parser does so for the host. */
function shortened(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function isV4(address: string): boolean {
  const parts = address.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

/** The form only: what is wrong inside is nobody's address. */
function isV6(address: string): boolean {
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || !groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}
