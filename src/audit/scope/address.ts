import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address as a number. IPv4 inside IPv6 (`::ffff:192.0.2.7`) is IPv4: it is the same machine. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export const WIDTH = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn << 32n;

/** Undefined for what is no address: a name, or something broken. */
export function parseAddress(text: string): Address | undefined {
  const family = isIP(text);
  if (family === 4) return { family, value: v4Value(text) };
  if (family !== 6 || text.includes('%')) return undefined;
  const bytes = ipaddr.IPv6.parse(text).toByteArray();
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return value >> 32n === MAPPED >> 32n ? { family: 4, value: value & 0xffff_ffffn } : { family, value };
}

export function addressText({ family, value }: Address): string {
  if (family === 4) {
    const number = Number(value);
    return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
  }
  const bytes = Array.from({ length: 16 }, (_, at) => Number((value >> BigInt(8 * (15 - at))) & 255n));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

function v4Value(text: string): bigint {
  let value = 0;
  for (const part of text.split('.')) value = value * 256 + Number(part);
  return BigInt(value);
}
