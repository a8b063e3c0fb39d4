import { SocketAddress } from 'node:net';
import { plainAddress } from '../../model/plain-address.ts';

/** 4 or 16 bytes, one character each, as people write the address. */
export function addressText(bytes: string): string {
  const buffer = Buffer.from(bytes, 'latin1');
  if (buffer.length === 4) return [...buffer].join('.');
  const address = buffer.toString('hex').replace(/.{4}(?=.)/g, '$&:');
  return plainAddress(new SocketAddress({ address, family: 'ipv6' }).address);
}
