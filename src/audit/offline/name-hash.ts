import type { ByteString } from '../../model/bytes.ts';

const LONGEST = 4_096;

/**
 * 52 bits of two FNV-1a sums, instead of the name of a key: two names that share one are told apart by nobody, and come
 * once in many million.
 */
export function hashOf(db: number, key: ByteString): number {
  return mixed(0x811c9dc5 ^ db, 0x01000193 + db, key);
}

/** Of a field of the key with this hash. */
export function fieldOf(key: number, field: ByteString): number {
  return mixed(Math.floor(key / 0x100000) ^ 0x100, key & 0xfffff, field);
}

function mixed(one: number, two: number, text: ByteString): number {
  const length = Math.min(text.length, LONGEST);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b);
  }
  return (one >>> 0) * 0x100000 + ((two ^ (two >>> 12)) & 0xfffff);
}
