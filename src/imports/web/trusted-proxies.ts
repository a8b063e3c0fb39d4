import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { ByteString } from '../../model/bytes.ts';
import type { Peer } from '../../model/event.ts';
import type { AddressReader } from './log-address.ts';

/** The proxies whose word is taken for who visited; without any, nobody's is. */
export type TrustedProxies = (address: string) => boolean;

/** Longest value of X-Forwarded-For that is looked at, from its end. Bytes. */
const LONGEST = 4_096;

/** Of ranges as CIDR or single addresses. Throws, with the text, on what is none. */
export function createTrustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [, address = '', bits = ''] = /^([^/]{1,64})(?:\/(\d{1,3}))?$/.exec(range) ?? [];
    const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
    if (most < 0 || Number(bits) > most) throw new RangeError(range);
    list.addSubnet(address, bits === '' ? most : Number(bits), most === 32 ? 'ipv4' : 'ipv6');
  }
  return (address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/**
 * Who is behind a trusted peer: the right-most address of X-Forwarded-For that is no trusted proxy. Each proxy appends whom
 * it talked to, so what stands further left is the visitor's own word. The last proxy, where it named nobody.
 */
export function sourceOf(
  peer: Peer,
  forwarded: ByteString | undefined,
  isTrusted: TrustedProxies,
  read: AddressReader,
): Peer {
  if (forwarded === undefined || !isTrusted(peer.address)) return peer;
  let source = peer;
  const words = forwarded.slice(-LONGEST).split(',');
  for (const word of words.toReversed()) {
    const next = read(word.trim());
    if (next === undefined) return source;
    source = next;
    if (!isTrusted(next.address)) return source;
  }
  return source;
}
