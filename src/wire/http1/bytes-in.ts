import type { ByteString } from '../byte-string.ts';

/** Bytes that came and were not read yet. */
export interface BytesIn {
  push(chunk: Buffer): void;
  /**
   * The next line without its LF or CRLF; undefined when it is not whole. `tooLong` when more than `most` bytes of it are
   * there already.
   */
  line(most: number): Line | undefined;
  /** At most `most` bytes, undefined when there are none. */
  take(most: number): Buffer | undefined;
  /** What is there, at most `most` bytes of it, left where it is. */
  peek(most: number): ByteString;
  readonly length: number;
}

export type Line =
  | { readonly kind: 'line'; readonly text: ByteString; readonly bytes: number; readonly bare: boolean }
  | { readonly kind: 'too-long' };

const LF = 10;
const CR = 13;
const NOTHING = Buffer.alloc(0);

export function createBytesIn(): BytesIn {
  let buffer: Buffer = NOTHING;
  let at = 0;
  /** No LF stands before this place. */
  let scanned = 0;
  const drop = (count: number): void => {
    at += count;
    scanned = at;
    if (at >= buffer.length) [buffer, at, scanned] = [NOTHING, 0, 0];
  };
  return {
    get length() {
      return buffer.length - at;
    },
    push: (chunk) => {
      scanned -= at;
      buffer = at >= buffer.length ? chunk : Buffer.concat([buffer.subarray(at), chunk]);
      at = 0;
    },
    line: (most) => {
      const end = buffer.indexOf(LF, Math.max(at, scanned));
      if (end < 0) scanned = buffer.length;
      if ((end < 0 ? buffer.length : end + 1) - at > most) return { kind: 'too-long' };
      if (end < 0) return undefined;
      const bare = end === at || buffer[end - 1] !== CR;
      const text = buffer.toString('latin1', at, bare ? end : end - 1);
      const bytes = end + 1 - at;
      drop(bytes);
      return { kind: 'line', text, bytes, bare };
    },
    take: (most) => {
      if (buffer.length <= at) return undefined;
      const piece = buffer.subarray(at, Math.min(buffer.length, at + most));
      drop(piece.length);
      return piece;
    },
    peek: (most) => buffer.toString('latin1', at, Math.min(buffer.length, at + most)),
  };
}
