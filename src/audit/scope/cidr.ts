import type { Address } from './address.ts';
import { addressText, parseAddress, WIDTH } from './address.ts';

/** A block of addresses: those whose first `bits` bits are those of `base`. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly base: bigint;
  readonly bits: number;
}

/** A block, or one address as a block of its own. Undefined when it is neither; a fault when bits stand behind the mask. */
export function parseCidr(text: string): Cidr | { readonly fault: string } | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const { family, value } = address;
  if (slash < 0) return { family, base: value, bits: WIDTH[family] };
  const mask = text.slice(slash + 1);
  // A mapped address would count its mask from the wrong end.
  if (family === 4 && text.includes(':')) {
    return { fault: `write the block of IPv4 addresses as such: ${addressText(address)}/LENGTH` };
  }
  if (!/^\d{1,3}$/.test(mask) || Number(mask) > WIDTH[family]) {
    return { fault: `/${mask.slice(0, 10)} is no length of a prefix (0 to ${WIDTH[family]})` };
  }
  const bits = Number(mask);
  const base = masked(family, value, bits);
  if (base !== value)
    return { fault: `the block that ${text} lies in is ${cidrText({ family, base, bits })}` };
  return { family, base, bits };
}

export function cidrText({ family, base, bits }: Cidr): string {
  return `${addressText({ family, value: base })}/${bits}`;
}

/** The first `bits` bits, the rest zero. */
export function masked(family: 4 | 6, value: bigint, bits: number): bigint {
  const rest = BigInt(WIDTH[family] - bits);
  return (value >> rest) << rest;
}

export function contains(block: Cidr, { family, value }: Address): boolean {
  return block.family === family && masked(family, value, block.bits) === block.base;
}

/** True when all of `inner` lies in `outer`. */
export function covers(outer: Cidr, inner: Cidr): boolean {
  return outer.bits <= inner.bits && contains(outer, { family: inner.family, value: inner.base });
}

export function halves({ family, base, bits }: Cidr): readonly [Cidr, Cidr] {
  const half = 1n << BigInt(WIDTH[family] - bits - 1);
  return [
    { family, base, bits: bits + 1 },
    { family, base: base + half, bits: bits + 1 },
  ];
}
