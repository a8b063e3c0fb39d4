import type { ByteString } from '../../model/bytes.ts';

/** A buffer that grows. Little-endian unless the name says `Big`. */
export interface ByteWriter {
  readonly length: number;
  byte(value: number): void;
  text(bytes: ByteString): void;
  buffer(bytes: ArrayLike<number>): void;
  u16(value: number): void;
  u32(value: number): void;
  i64(value: bigint): void;
  u32Big(value: number): void;
  u64Big(value: bigint): void;
  double(value: number): void;
  /** Writes over bytes that are there already. */
  put32(at: number, value: number): void;
  put16(at: number, value: number): void;
  /** What was written; a view. */
  written(): Buffer;
}

export function createByteWriter(expected = 256): ByteWriter {
  let buffer = Buffer.allocUnsafe(expected);
  let length = 0;
  const room = (count: number): number => {
    const from = length;
    length += count;
    if (length > buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * buffer.length));
      buffer.copy(larger, 0, 0, from);
      buffer = larger;
    }
    return from;
  };
  return {
    get length() {
      return length;
    },
    byte: (value) => {
      const at = room(1);
      buffer[at] = value;
    },
    text: (bytes) => {
      const at = room(bytes.length);
      buffer.write(bytes, at, 'latin1');
    },
    buffer: (bytes) => {
      const at = room(bytes.length);
      buffer.set(bytes, at);
    },
    u16: (value) => {
      const at = room(2);
      buffer.writeUInt16LE(value, at);
    },
    u32: (value) => {
      const at = room(4);
      buffer.writeUInt32LE(value, at);
    },
    i64: (value) => {
      const at = room(8);
      buffer.writeBigInt64LE(value, at);
    },
    u32Big: (value) => {
      const at = room(4);
      buffer.writeUInt32BE(value, at);
    },
    u64Big: (value) => {
      const at = room(8);
      buffer.writeBigUInt64BE(value, at);
    },
    double: (value) => {
      const at = room(8);
      buffer.writeDoubleLE(value, at);
    },
    put32: (at, value) => void buffer.writeUInt32LE(value, at),
    put16: (at, value) => void buffer.writeUInt16LE(value, at),
    written: () => buffer.subarray(0, length),
  };
}
