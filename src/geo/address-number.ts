import ipaddr from 'ipaddr.js';

/** An address as a number: 32 bits for IPv4, 128 for IPv6. An IPv4 address within IPv6 is IPv4. */
export type AddressNumber =
  | { readonly family: 4; readonly at: number }
  | { readonly family: 6; readonly at: bigint };

/** Undefined for what is no address. */
export function addressNumber(text: string): AddressNumber | undefined {
  const plain = ipv4Number(text);
  if (plain !== undefined) return { family: 4, at: plain };
  if (text.length > 60 || !text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.IPv6.parse(text);
  if (address.isIPv4MappedAddress()) {
    const mapped = ipv4Number(address.toIPv4Address().toString());
    return mapped === undefined ? undefined : { family: 4, at: mapped };
  }
  return { family: 6, at: address.parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n) };
}

/** Four decimal parts and nothing else; quick, for it is asked a million times while an index is built. */
export function ipv4Number(text: string): number | undefined {
  if (text.length > 15) return undefined;
  let number = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (digits === 0 || ++dots > 3) return undefined;
      number = number * 256 + part;
      part = 0;
      digits = 0;
      continue;
    }
    if (code < 0x30 || code > 0x39 || ++digits > 3) return undefined;
    part = part * 10 + code - 0x30;
    if (part > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? number * 256 + part : undefined;
}

export const LAST_IPV4 = 0xffff_ffff;
export const LAST_IPV6 = (1n << 128n) - 1n;
