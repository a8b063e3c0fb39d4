import type { ByteString } from '../../model/bytes.ts';

/** Entities by number, and the few by name that ModSecurity knows; the semicolon may lack. */
const ENTITY = /&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([0-9A-Za-z]+));?/g;
const NAMED: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', nbsp: '\xa0' };

export function htmlEntityDecode(value: ByteString): ByteString {
  if (!value.includes('&')) return value;
  return value.replace(ENTITY, (whole: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    return String.fromCharCode(lowByte(hex ?? decimal ?? '', hex === undefined ? 10 : 16));
  });
}

/** C's strtol stops at the largest value it has, whose lowest byte is 255. */
function lowByte(digits: string, base: 10 | 16): number {
  const number = Number.parseInt(digits, base);
  if (number >= 2 ** 63 - 1024) return 0xff;
  return Number(BigInt(base === 16 ? `0x${digits}` : digits) & 0xffn);
}
