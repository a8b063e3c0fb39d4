import type { ByteString } from '../../model/bytes.ts';
import { Malformed } from './malformed.ts';

/** Reads a buffer from front to back; `Malformed` when it ends too soon. */
export interface ByteReader {
  readonly at: number;
  readonly left: number;
  byte(): number;
  /** The next byte, which stays. */
  peek(): number;
  /** A view, not a copy. */
  take(count: number): Buffer;
  text(count: number): ByteString;
  u16(): number;
  u32(): number;
  i64(): bigint;
  u32Big(): number;
  u64Big(): bigint;
  double(): number;
  float(): number;
}

/** Little-endian unless the name says `Big`. */
export function createByteReader(buffer: Buffer): ByteReader {
  let at = 0;
  const advance = (count: number): number => {
    if (!(count >= 0) || count > buffer.length - at) throw new Malformed('the bytes end too soon');
    const from = at;
    at += count;
    return from;
  };
  return {
    get at() {
      return at;
    },
    get left() {
      return buffer.length - at;
    },
    byte: () => buffer.readUInt8(advance(1)),
    peek: () => {
      const byte = buffer[at];
      if (byte === undefined) throw new Malformed('the bytes end too soon');
      return byte;
    },
    take: (count) => {
      const from = advance(count);
      return buffer.subarray(from, at);
    },
    text: (count) => {
      const from = advance(count);
      return buffer.toString('latin1', from, at);
    },
    u16: () => buffer.readUInt16LE(advance(2)),
    u32: () => buffer.readUInt32LE(advance(4)),
    i64: () => buffer.readBigInt64LE(advance(8)),
    u32Big: () => buffer.readUInt32BE(advance(4)),
    u64Big: () => buffer.readBigUInt64BE(advance(8)),
    double: () => buffer.readDoubleLE(advance(8)),
    float: () => buffer.readFloatLE(advance(4)),
  };
}
