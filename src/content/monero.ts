import { keccak_256 } from '@noble/hashes/sha3.js';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Monero writes eight bytes as eleven characters; the last block is shorter. Bytes by number of characters. */
const BLOCK_BYTES: Readonly<Record<number, number>> = { 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8 };
const BLOCK = 11;
/** Network bytes of the main network: standard, integrated and subaddress. */
const NETWORKS = new Set([18, 19, 42]);
const CHECKSUM = 4;

/** Standard, integrated or subaddress of the main network: the last four bytes are those of the Keccak-256 of the rest. */
export function isMoneroAddress(text: string): boolean {
  if (text.length !== 95 && text.length !== 106) return false;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += BLOCK) {
    const block = decodedBlock(text.slice(at, at + BLOCK));
    if (block === undefined) return false;
    bytes.push(...block);
  }
  const body = Uint8Array.from(bytes.slice(0, -CHECKSUM));
  if (!NETWORKS.has(body[0] ?? 0)) return false;
  const hash = keccak_256(body);
  return bytes.slice(-CHECKSUM).every((byte, at) => byte === hash[at]);
}

function decodedBlock(text: string): number[] | undefined {
  const size = BLOCK_BYTES[text.length];
  if (size === undefined) return undefined;
  let number = 0n;
  for (const character of text) {
    const digit = BASE58.indexOf(character);
    if (digit < 0) return undefined;
    number = number * 58n + BigInt(digit);
  }
  if (number >= 1n << BigInt(size * 8)) return undefined;
  return Array.from({ length: size }, (_, at) => Number((number >> BigInt(8 * (size - 1 - at))) & 255n));
}
