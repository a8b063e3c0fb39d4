import type { ByteString } from '../model/bytes.ts';
import { DumpFault } from './dump-fault.ts';
import type { Piece } from './piece.ts';
import { pieceOf } from './piece.ts';
import type { Blob } from './rdb-string.ts';

/*
 * The structures in which small collections are kept whole: listpack (7.0 and later), ziplist, zipmap (before 2.6) and
 * intset. Read from the front as far as wanted; an item that reaches beyond its structure is a fault.
 */

/** Where an item was read to; one at a time, so that none has to be made for it. */
let at = 0;

type ReadItem = (bytes: Buffer, most: number) => Piece;

function items(blob: Blob, from: number, count: number, most: number, read: ReadItem): Piece[] {
  const { bytes, length } = blob;
  const found: Piece[] = [];
  at = from;
  while (found.length < count) {
    if (at >= bytes.length) {
      // Of an enormous one only the first part is in memory.
      if (length > bytes.length) break;
      throw new DumpFault('a packed structure without end');
    }
    if (bytes[at] === 0xff) break;
    if (length > bytes.length && bytes.length - at < NEAR_THE_END) break;
    found.push(read(bytes, most));
  }
  return found;
}

const NEAR_THE_END = 16;

/** The first `count` items, `most` bytes of each. */
export function listpackItems(blob: Blob, count: number, most: number): Piece[] {
  if (blob.length < 7 || blob.bytes.readUInt32LE(0) !== blob.length)
    throw new DumpFault('a listpack of a wrong length');
  return items(blob, 6, count, most, readListpackItem);
}

function backLengthSize(length: number): number {
  if (length <= 127) return 1;
  if (length < 16_383) return 2;
  if (length < 2_097_151) return 3;
  return length < 268_435_455 ? 4 : 5;
}

function readListpackItem(bytes: Buffer, most: number): Piece {
  const from = at;
  const piece = listpackContent(bytes, most);
  at += backLengthSize(at - from);
  return piece;
}

function listpackContent(bytes: Buffer, most: number): Piece {
  const form = bytes[at++] ?? 0;
  if (form < 0x80) return pieceOf(String(form));
  if (form < 0xc0) return text(bytes, form & 0x3f, most);
  if (form < 0xe0) {
    const value = ((form & 0x1f) << 8) | (bytes[at++] ?? 0);
    return pieceOf(String(value >= 0x1000 ? value - 0x2000 : value));
  }
  if (form < 0xf0) return text(bytes, ((form & 0x0f) << 8) | (bytes[at++] ?? 0), most);
  switch (form) {
    case 0xf0:
      return text(bytes, bytes.readUInt32LE(advance(bytes, 4)), most);
    case 0xf1:
      return integer(bytes, 2);
    case 0xf2:
      return integer(bytes, 3);
    case 0xf3:
      return integer(bytes, 4);
    case 0xf4:
      return integer(bytes, 8);
    default:
      throw new DumpFault('an unknown form of item in a listpack');
  }
}

export function ziplistItems(blob: Blob, count: number, most: number): Piece[] {
  if (blob.length < 11 || blob.bytes.readUInt32LE(0) !== blob.length)
    throw new DumpFault('a ziplist of a wrong length');
  return items(blob, 10, count, most, readZiplistItem);
}

function readZiplistItem(bytes: Buffer, most: number): Piece {
  // The length of the item before, in one or five bytes.
  at += bytes[at] === 254 ? 5 : 1;
  const form = bytes[at++] ?? 0;
  if (form < 0x40) return text(bytes, form, most);
  if (form < 0x80) return text(bytes, ((form & 0x3f) << 8) | (bytes[at++] ?? 0), most);
  if (form === 0x80) return text(bytes, bytes.readUInt32BE(advance(bytes, 4)), most);
  if (form >= 0xf1 && form <= 0xfd) return pieceOf(String(form - 0xf1));
  switch (form) {
    case 0xfe:
      return integer(bytes, 1);
    case 0xc0:
      return integer(bytes, 2);
    case 0xf0:
      return integer(bytes, 3);
    case 0xd0:
      return integer(bytes, 4);
    case 0xe0:
      return integer(bytes, 8);
    default:
      throw new DumpFault('an unknown form of item in a ziplist');
  }
}

/** Fields and values in turn. */
export function zipmapItems(blob: Blob, count: number, most: number): Piece[] {
  if (blob.length < 2) throw new DumpFault('a zipmap of a wrong length');
  let value = false;
  return items(blob, 1, count, most, (bytes) => {
    const length = bytes[at] === 254 ? bytes.readUInt32LE(advance(bytes, 5) + 1) : (bytes[at++] ?? 0);
    // Behind the length of a value stands how many bytes a longer one has left behind.
    const free = value ? (bytes[at++] ?? 0) : 0;
    const piece = text(bytes, length, most);
    at += free;
    value = !value;
    return piece;
  });
}

/** Sorted integers, all equally wide. */
export function intsetItems({ bytes, length }: Blob, count: number): Piece[] {
  if (length < 8) throw new DumpFault('an intset of a wrong length');
  const width = bytes.readUInt32LE(0);
  const there = bytes.readUInt32LE(4);
  if ((width !== 2 && width !== 4 && width !== 8) || there * width !== length - 8)
    throw new DumpFault('an intset of a wrong length');
  at = 8;
  const here = Math.floor((bytes.length - 8) / width);
  return Array.from({ length: Math.min(count, there, here) }, () => integer(bytes, width));
}

function advance(bytes: Buffer, count: number): number {
  if (at + count > bytes.length) throw new DumpFault('an item that reaches beyond its structure');
  at += count;
  return at - count;
}

function text(bytes: Buffer, length: number, most: number): Piece {
  const from = at;
  at += length;
  const here = Math.min(length, most);
  if (at > bytes.length && from + here > bytes.length)
    throw new DumpFault('an item that reaches beyond its structure');
  return { text: bytes.toString('latin1', from, from + here), length };
}

function integer(bytes: Buffer, width: number): Piece {
  const from = advance(bytes, width);
  const value: ByteString =
    width === 8 ? String(bytes.readBigInt64LE(from)) : String(bytes.readIntLE(from, width));
  return pieceOf(value);
}
