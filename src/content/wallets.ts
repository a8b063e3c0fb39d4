import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';
import { isMoneroAddress } from './monero.ts';
import { isSegwitAddress } from './segwit.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * Wallet addresses in a text whose checksum holds: Bitcoin (base58 and bc1) and Monero (95 characters of base58 that begin
 * with 4 or 8, 106 with a payment id).
 */
export function walletsIn(text: ByteString, most: number): string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(/[1-9A-HJ-NP-Za-km-z]{26,128}/g)) {
    if (found.size >= most) break;
    if (word.length <= 35 && /^[13]/.test(word) && checksumHolds(word)) found.add(word);
    else if (/^[48]/.test(word) && isMoneroAddress(word)) found.add(word);
  }
  for (const [word] of text.matchAll(/bc1[02-9ac-hj-np-z]{11,87}/gi)) {
    if (found.size >= most) break;
    if (isSegwitAddress(word.toLowerCase())) found.add(word.toLowerCase());
  }
  return [...found];
}

function checksumHolds(address: string): boolean {
  let number = 0n;
  for (const character of address) number = number * 58n + BigInt(BASE58.indexOf(character));
  const bytes = Buffer.from(number.toString(16).padStart(50, '0'), 'hex');
  if (bytes.length !== 25) return false;
  const once = createHash('sha256').update(bytes.subarray(0, 21)).digest();
  const twice = createHash('sha256').update(once).digest();
  return twice.subarray(0, 4).equals(bytes.subarray(21));
}
