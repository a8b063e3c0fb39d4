import type { ByteString } from '../model/bytes.ts';
import type { ByteWindow } from './byte-window.ts';
import { byteOf, fill, LONGEST_PIECE, need, skip, textOf } from './byte-window.ts';
import { DumpFault } from './dump-fault.ts';
import { LONGEST_UNPACKED, unpackLzf } from './lzf.ts';
import type { Piece } from './piece.ts';
import { pieceOf } from './piece.ts';
import { readLength, SPECIAL } from './rdb-length.ts';

const INT_8 = 0xc0;
const INT_16 = 0xc1;
const INT_32 = 0xc2;
const LZF = 0xc3;

/** A string: its beginning, and its end when it is longer than that. */
export function readString(window: ByteWindow, headBytes: number, tailBytes: number): Piece {
  need(window, 1);
  const first = window.bytes[window.at] ?? 0;
  if (first >= SPECIAL) {
    window.at += 1;
    if (first !== LZF) return pieceOf(integerText(window, first));
    const packed = readLength(window);
    const length = readLength(window);
    const { head, tail } = unpackLzf(window, packed, length, headBytes, tailBytes);
    return withTail(head.toString('latin1'), length, tail);
  }
  const length = readLength(window);
  if (length <= headBytes) return pieceOf(textOf(window, length));
  const text = textOf(window, headBytes);
  const end = Math.min(tailBytes, length);
  // The end may begin within what was read: it is still in memory, for a piece is never cut.
  const rest = length - headBytes - end;
  if (rest >= 0) {
    skip(window, rest);
    return withTail(text, length, textOf(window, end));
  }
  const after = textOf(window, length - headBytes);
  return withTail(text, length, `${text.slice(rest)}${after}`);
}

function withTail(text: ByteString, length: number, tail: ByteString): Piece {
  return tail === '' ? { text, length } : { text, length, tail };
}

/** The same where the beginning is enough. */
export function readText(window: ByteWindow, most: number): ByteString {
  return readString(window, most, 0).text;
}

export function skipString(window: ByteWindow): void {
  if (!fill(window, 1)) need(window, 1);
  const first = window.bytes[window.at] ?? 0;
  if (first < 0x40) {
    skip(window, first + 1);
    return;
  }
  if (first < SPECIAL) {
    skip(window, readLength(window));
    return;
  }
  window.at += 1;
  if (first !== LZF) {
    integerText(window, first);
    return;
  }
  const packed = readLength(window);
  readLength(window);
  skip(window, packed);
}

/** A string that is a structure of its own. */
export interface Blob {
  /** A view, good until the next read: the whole or, of enormous ones, the first MiB. */
  readonly bytes: Buffer;
  readonly length: number;
}

export function readBlob(window: ByteWindow): Blob {
  need(window, 1);
  const first = window.bytes[window.at] ?? 0;
  if (first === LZF) {
    window.at += 1;
    const packed = readLength(window);
    const length = readLength(window);
    return { bytes: unpackLzf(window, packed, length, LONGEST_UNPACKED, 0).head, length };
  }
  if (first > LZF) throw new DumpFault('an unknown form of string');
  if (first >= SPECIAL) throw new DumpFault('a number where a structure should be');
  const length = readLength(window);
  const here = Math.min(length, LONGEST_PIECE);
  need(window, here);
  const from = window.at;
  window.at += here;
  if (length === here) return { bytes: window.bytes.subarray(from, from + here), length };
  // The window moves on, so what is wanted is taken out of it.
  const bytes = Buffer.from(window.bytes.subarray(from, from + here));
  skip(window, length - here);
  return { bytes, length };
}

function integerText(window: ByteWindow, form: number): ByteString {
  switch (form) {
    case INT_8:
      return String((byteOf(window) << 24) >> 24);
    case INT_16:
      need(window, 2);
      window.at += 2;
      return String(window.bytes.readInt16LE(window.at - 2));
    case INT_32:
      need(window, 4);
      window.at += 4;
      return String(window.bytes.readInt32LE(window.at - 4));
    default:
      throw new DumpFault('an unknown form of string');
  }
}
