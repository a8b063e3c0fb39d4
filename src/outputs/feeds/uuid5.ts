import { createHash } from 'node:crypto';

/** A namespace of our own, so that the same thing has the same id in every feed of every sensor. */
const NAMESPACE = Buffer.from('6d1f8e0c5b7a4c129a3e4f7d2b8c6a51', 'hex');

/** A UUID of version 5 (RFC 9562) of a name. */
export function uuid5(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
