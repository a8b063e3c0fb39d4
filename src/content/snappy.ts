import type { ByteString } from '../model/bytes.ts';

/** A block of Snappy (format_description.txt of its sources), or undefined when the bytes are none or more than `most`. */
export function decodedSnappy(bytes: ByteString, most: number): ByteString | undefined {
  let at = 0;
  let length = 0;
  for (let shift = 0; shift < 21; shift += 7) {
    const code = bytes.charCodeAt(at++) & 0xff;
    length |= (code & 0x7f) << shift;
    if (code < 0x80) break;
    if (shift === 14) return undefined;
  }
  // It begins with a literal, and makes at most 21 bytes of one.
  if (length > most || length < bytes.length * 0.6 || length > bytes.length * 22) return undefined;
  if ((bytes.charCodeAt(at) & 3) !== 0) return undefined;
  const out = Buffer.alloc(length);
  let made = 0;
  while (at < bytes.length) {
    const tag = bytes.charCodeAt(at++) & 0xff;
    if ((tag & 3) === 0) {
      let size = tag >> 2;
      const more = size - 59;
      if (more > 0) {
        size = 0;
        for (let one = 0; one < more; one++) size += (bytes.charCodeAt(at++) & 0xff) * 256 ** one;
      }
      size += 1;
      if (at + size > bytes.length || made + size > length) return undefined;
      out.write(bytes.slice(at, at + size), made, 'latin1');
      at += size;
      made += size;
      continue;
    }
    const copy = copyOf(bytes, at, tag);
    if (copy.offset === 0 || copy.offset > made || made + copy.size > length) return undefined;
    for (let one = 0; one < copy.size; one++, made++) out[made] = out[made - copy.offset] ?? 0;
    at += copy.read;
  }
  return made === length ? out.toString('latin1') : undefined;
}

interface Copy {
  readonly size: number;
  readonly offset: number;
  /** Bytes behind the tag. */
  readonly read: number;
}

function copyOf(bytes: ByteString, at: number, tag: number): Copy {
  const low = bytes.charCodeAt(at) & 0xff;
  if ((tag & 3) === 1) return { size: ((tag >> 2) & 7) + 4, offset: ((tag >> 5) << 8) | low, read: 1 };
  const two = low | ((bytes.charCodeAt(at + 1) & 0xff) << 8);
  if ((tag & 3) === 2) return { size: (tag >> 2) + 1, offset: two, read: 2 };
  const four =
    two + (bytes.charCodeAt(at + 2) & 0xff) * 65_536 + (bytes.charCodeAt(at + 3) & 0xff) * 16_777_216;
  return { size: (tag >> 2) + 1, offset: four, read: 4 };
}
