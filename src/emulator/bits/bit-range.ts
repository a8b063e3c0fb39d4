import type { ByteString } from '../../model/bytes.ts';
import { CHUNK, chunksOf, isUntouched, lengthOf } from '../strings/long-string.ts';
import type { ValueOf } from '../value.ts';

type Text = ValueOf<'string'> | undefined;

/** How many bits are set from one bit to another, both included. */
export function countBits(value: Text, from: number, to: number): number {
  let count = 0;
  const [first, last] = [Math.floor(from / 8), Math.floor(to / 8)];
  for (const { chunk, start } of piecesOf(value, first, last)) {
    if (isUntouched(chunk)) continue;
    const bytes = copied(chunk);
    mask(bytes, start * 8, from, to, 0);
    count += ones(bytes);
  }
  return count;
}

/** The first bit of this kind from one bit to another, both included; undefined when there is none. */
export function findBit(value: Text, bit: 0 | 1, from: number, to: number): number | undefined {
  for (const { chunk, start } of piecesOf(value, Math.floor(from / 8), Math.floor(to / 8))) {
    if (bit === 1 && isUntouched(chunk)) continue;
    const bytes = copied(chunk);
    // What lies outside looks like the other kind.
    mask(bytes, start * 8, from, to, bit === 1 ? 0 : 0xff);
    const place = bytes.findIndex((byte) => byte !== (bit === 1 ? 0 : 0xff));
    if (place < 0) continue;
    const code = bit === 1 ? (bytes[place] ?? 0) : ~(bytes[place] ?? 0) & 0xff;
    return (start + place) * 8 + Math.clz32(code) - 24;
  }
  return undefined;
}

/** Where a piece is looked at: one for all. */
const scratch = Buffer.alloc(CHUNK);

function copied(chunk: ByteString): Buffer {
  return scratch.subarray(0, scratch.write(chunk, 'latin1'));
}

/** The pieces that hold these bytes, and where each begins. */
function* piecesOf(
  value: Text,
  first: number,
  last: number,
): Generator<{ readonly chunk: ByteString; readonly start: number }> {
  const chunks = chunksOf(value);
  const end = Math.min(last, lengthOf(value) - 1);
  for (let index = Math.floor(first / CHUNK); index * CHUNK <= end; index++) {
    yield { chunk: chunks[index] ?? '', start: index * CHUNK };
  }
}

/** Fills what lies before and behind a range of bits; `start` is the first bit of the buffer. */
function mask(bytes: Buffer, start: number, from: number, to: number, filler: 0 | 0xff): void {
  if (from > start) {
    const place = Math.floor((from - start) / 8);
    bytes.fill(filler, 0, place);
    const keep = 0xff >> (from % 8);
    bytes[place] = ((bytes[place] ?? 0) & keep) | (filler & ~keep);
  }
  const place = Math.floor((to - start) / 8);
  if (place >= bytes.length) return;
  const keep = (0xff << (7 - (to % 8))) & 0xff;
  bytes[place] = ((bytes[place] ?? 0) & keep) | (filler & ~keep);
  bytes.fill(filler, place + 1);
}

function ones(bytes: Buffer): number {
  let count = 0;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  for (const word of words) count += wordOnes(word);
  for (let at = words.length * 4; at < bytes.length; at++) count += wordOnes(bytes[at] ?? 0);
  return count;
}

/** Set bits of 32, by adding neighbours. */
function wordOnes(word: number): number {
  let sum = word - ((word >>> 1) & 0x5555_5555);
  sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
  sum = (sum + (sum >>> 4)) & 0x0f0f_0f0f;
  return Math.imul(sum, 0x0101_0101) >>> 24;
}
