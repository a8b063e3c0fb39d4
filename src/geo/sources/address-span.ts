import type { AddressNumber } from '../address-number.ts';
import { addressNumber, LAST_IPV4, LAST_IPV6 } from '../address-number.ts';

export type Span =
  | { readonly family: 4; readonly first: number; readonly last: number }
  | { readonly family: 6; readonly first: bigint; readonly last: bigint };

/** Both ends inside; as addresses, or as the decimal numbers that some files write. */
export function spanOfEnds(first: string, last: string): Span | undefined {
  const from = endOf(first);
  const to = endOf(last);
  if (from === undefined || to === undefined) return undefined;
  if (from.family === 4 && to.family === 4) {
    return from.at <= to.at ? { family: 4, first: from.at, last: to.at } : undefined;
  }
  const low = BigInt(from.at);
  const high = BigInt(to.at);
  return (from.family === 6 || to.family === 6) && low <= high
    ? { family: 6, first: low, last: high }
    : undefined;
}

/** `192.0.2.0/24`, `2001:db8::/32`; bits behind the prefix are taken for zero. */
export function spanOfPrefix(address: string, length: string): Span | undefined {
  const base = addressNumber(address);
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (base === undefined || bits < 0 || bits > (base.family === 4 ? 32 : 128)) return undefined;
  if (base.family === 4) {
    const size = 2 ** (32 - bits);
    const first = Math.floor(base.at / size) * size;
    return { family: 4, first, last: first + size - 1 };
  }
  const size = 1n << BigInt(128 - bits);
  const first = (base.at / size) * size;
  return { family: 6, first, last: first + size - 1n };
}

function endOf(text: string): AddressNumber | undefined {
  if (!/^\d{1,39}$/.test(text)) return addressNumber(text);
  const number = BigInt(text);
  if (number <= BigInt(LAST_IPV4)) return { family: 4, at: Number(number) };
  return number <= LAST_IPV6 ? { family: 6, at: number } : undefined;
}
