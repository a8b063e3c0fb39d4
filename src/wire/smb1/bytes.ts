/** Numbers of a message, little-endian as all of SMB; 0 where the message ends before. Never throws. */
export function u8(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Buffer, at: number): number {
  return u8(bytes, at) + u8(bytes, at + 1) * 0x100;
}

export function u32(bytes: Buffer, at: number): number {
  return u16(bytes, at) + u16(bytes, at + 2) * 0x1_0000;
}

/** A buffer of these numbers, each with its width in bytes. */
export function packed(
  ...fields: readonly (readonly [width: 1 | 2 | 4 | 8, value: number | bigint])[]
): Buffer {
  const out = Buffer.alloc(fields.reduce((length, [width]) => length + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 8) out.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), at);
    else out.writeUIntLE(Number(value) % 2 ** (8 * width), at, width);
    at += width;
  }
  return out;
}
