import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Peer } from '../../model/event.ts';
import { peerOf, placeOf } from '../peer-of.ts';

export type AddressReader = (text: ByteString) => Peer | undefined;

/** Longest address with a zone, brackets and a port. */
const LONGEST = 100;
/** Addresses remembered; then all are forgotten. */
const MOST = 10_000;
/** What nginx calls a peer that came over a Unix socket. */
const UNIX = 'unix:';

/** An address as logs have it: with or without a port, IPv6 with or without brackets and zone; undefined when it is none. */
export function addressOf(text: ByteString): Peer | undefined {
  if (text.length > LONGEST) return undefined;
  if (text.startsWith(UNIX)) return { address: '127.0.0.1', port: 0 };
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return placeOf(bare, 0) ?? (text.includes(':') ? peerOf(text) : undefined);
}

/** As `addressOf`, for a log in which the same addresses come again and again. */
export function createAddressReader(): AddressReader {
  const known = new Map<ByteString, Peer | undefined>();
  return (text) => {
    if (text.length > LONGEST) return undefined;
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found;
    if (known.size >= MOST) known.clear();
    const own = ownedBytes(text);
    const peer = addressOf(own);
    known.set(own, peer);
    return peer;
  };
}
