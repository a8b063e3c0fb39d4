/** Blocks of an LZ4 frame, one after the other; stops at the end, at damage, or at `most` bytes. */
export function decodedLz4(frame: Buffer, most: number): Buffer {
  const out = Buffer.alloc(most);
  let size = 0;
  const flags = frame[4] ?? 0;
  // Magic, FLG, BD, then the content size (8 bytes) and the dictionary id (4), each if its flag is set, and a checksum.
  let at = 7 + ((flags & 0x08) === 0 ? 0 : 8) + ((flags & 0x01) === 0 ? 0 : 4);
  while (at + 4 <= frame.length && size < most) {
    const word = frame.readUInt32LE(at);
    at += 4;
    const length = word & 0x7fffffff;
    if (length === 0) break;
    const block = frame.subarray(at, at + length);
    if (word >>> 31 === 1) size += block.copy(out, size, 0, most - size);
    else size = decodeBlock(block, out, size);
    at += length + ((flags & 0x10) === 0 ? 0 : 4);
  }
  return out.subarray(0, size);
}

/** Literals and copies in turn, as the block format's description says. Returns the new size. */
function decodeBlock(block: Buffer, out: Buffer, start: number): number {
  let size = start;
  let at = 0;
  const length = (nibble: number): number => {
    let total = nibble;
    if (nibble < 15) return total;
    for (;;) {
      const more = block[at++];
      total += more ?? 0;
      if (more !== 255) return total;
    }
  };
  while (at < block.length && size < out.length) {
    const token = block[at++] ?? 0;
    const literals = length(token >> 4);
    size += block.copy(out, size, at, Math.min(at + literals, at + out.length - size));
    at += literals;
    if (at + 2 > block.length) break;
    const back = block.readUInt16LE(at);
    at += 2;
    const copied = length(token & 15) + 4;
    if (back === 0 || back > size - start) break;
    for (let n = 0; n < copied && size < out.length; n++, size++) out[size] = out[size - back] ?? 0;
  }
  return size;
}
