import { isIP } from 'node:net';
import { endpointParts } from '../model/endpoint.ts';
import type { Peer } from '../model/event.ts';
import { plainAddress } from '../model/plain-address.ts';

const LONGEST = 100;

/** `address:port` as logs have it, IPv6 with brackets or without; undefined when it names no address. */
export function peerOf(text: string): Peer | undefined {
  if (text.length > LONGEST) return undefined;
  const { host, port } = endpointParts(text);
  return placeOf(host, port);
}

/** An address and a port that stand apart; a port that is none becomes 0, an address that is none makes it undefined. */
export function placeOf(address: string, port: number): Peer | undefined {
  const bare = address.length > LONGEST ? '' : plainAddress(address).toLowerCase();
  if (isIP(bare) === 0) return undefined;
  return { address: bare, port: Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : 0 };
}
