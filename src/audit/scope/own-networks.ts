import type { Address } from './address.ts';
import type { Cidr } from './cidr.ts';
import { contains, parseCidr } from './cidr.ts';

/** Networks that are the operator's own by their nature: loopback, RFC 1918, link-local, unique local. */
const OWN: readonly Cidr[] = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].map(block);
const LOOPBACK: readonly Cidr[] = ['127.0.0.0/8', '::1/128'].map(block);

export const ownBlocks: readonly Cidr[] = OWN;

export function isOwn(address: Address): boolean {
  return OWN.some((one) => contains(one, address));
}

export function isLoopback(address: Address): boolean {
  return LOOPBACK.some((one) => contains(one, address));
}

function block(text: string): Cidr {
  const found = parseCidr(text);
  if (found === undefined || 'fault' in found) throw new Error(`${text} is no block`);
  return found;
}
