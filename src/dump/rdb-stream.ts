import { TYPE } from '../redis/rdb-types.ts';
import type { ByteWindow } from './byte-window.ts';
import { skip } from './byte-window.ts';
import { DumpFault } from './dump-fault.ts';
import { listpackItems } from './packed-items.ts';
import type { Piece, Wanted } from './piece.ts';
import { readLength, readNumber } from './rdb-length.ts';
import type { Blob } from './rdb-string.ts';
import { readBlob, readString, skipString } from './rdb-string.ts';
import type { ReadValue, Taken } from './taken.ts';
import { isFull, newTaken, take } from './taken.ts';

const ID_BYTES = 16;
const MOST_ITEMS = 8_192;
const FLAGS = { deleted: 1, sameFields: 2 } as const;

/** Nodes of entries, then what the stream counts, then its groups; 7.0 and 7.2 have added fields. */
export function readStream(type: number, window: ByteWindow, wanted: Wanted): ReadValue {
  const taken = newTaken();
  for (let left = readLength(window); left > 0; left--) {
    if (readString(window, ID_BYTES, 0).length !== ID_BYTES)
      throw new DumpFault('a stream id of a wrong length');
    if (!isFull(taken, wanted)) readNode(readBlob(window), taken, wanted);
    else {
      taken.whole = false;
      skipString(window);
    }
  }
  // How many entries, and the id of the last one; since 7.0 that of the first and of the last deleted, and a count.
  for (let left = type === TYPE.stream ? 3 : 8; left > 0; left--) readNumber(window);
  for (let left = readLength(window); left > 0; left--) skipGroup(type, window);
  if (type >= TYPE.stream4) skipProducers(window);
  return { type: 'stream', encoding: 'stream', elements: taken.elements, whole: taken.whole };
}

/**
 * One listpack: how many entries are there and were deleted, the fields that most entries have, a 0; then for each
 * entry its flags, how far its id is from the node's, its fields unless they are those of the node, its values, and
 * how many items that was.
 */
function readNode(blob: Blob, taken: Taken, wanted: Wanted): void {
  const items = listpackItems(blob, MOST_ITEMS, wanted.elementBytes);
  const cut = blob.length > blob.bytes.length || items.length === MOST_ITEMS;
  let at = 0;
  const ends = (): boolean => at >= items.length && cut;
  const item = (): Piece => {
    const next = items[at++];
    if (next === undefined) {
      if (cut) return EMPTY;
      throw new DumpFault('a stream node that ends too soon');
    }
    return next;
  };
  const count = (): number => {
    const value = Number(item().text);
    if (!Number.isInteger(value) || value < 0 || value > MOST_ITEMS)
      throw new DumpFault('a stream node that counts wrong');
    return value;
  };
  const entries = Number(item().text) + Number(item().text);
  if (!(entries >= 0)) throw new DumpFault('a stream node without number');
  const names = Array.from({ length: count() }, () => item().text);
  item();
  for (let left = entries; left > 0 && !ends(); left--) {
    const flags = Number(item().text);
    item();
    item();
    const same = (flags & FLAGS.sameFields) !== 0;
    const pairs = same ? names.length : count();
    for (let index = 0; index < pairs && !ends(); index++) {
      const field = same ? (names[index] ?? '') : item().text;
      const value = item();
      if ((flags & FLAGS.deleted) === 0) take(taken, { field, ...value }, wanted);
    }
    item();
  }
  if (cut) taken.whole = false;
}

const EMPTY: Piece = { text: '', length: 0 };

/** A consumer group: what it has delivered, what waits to be acknowledged, and by which consumer. */
function skipGroup(type: number, window: ByteWindow): void {
  skipString(window);
  for (let left = type === TYPE.stream ? 2 : 3; left > 0; left--) readNumber(window);
  for (let left = readLength(window); left > 0; left--) {
    skip(window, ID_BYTES + 8);
    readNumber(window);
  }
  for (let left = readLength(window); left > 0; left--) {
    skipString(window);
    skip(window, type >= TYPE.stream3 ? 16 : 8);
    skipMany(window, readLength(window), ID_BYTES);
  }
  if (type >= TYPE.stream5) skipMany(window, readLength(window), ID_BYTES);
}

/** How long and how many ids of producers are remembered, these, and two counters. The ids have a form nobody has told us. */
function skipProducers(window: ByteWindow): void {
  readNumber(window);
  readNumber(window);
  if (readLength(window) > 0) throw new DumpFault('a stream that remembers the ids of its producers');
  readNumber(window);
  readNumber(window);
}

function skipMany(window: ByteWindow, count: number, size: number): void {
  if (count > Number.MAX_SAFE_INTEGER / size) throw new DumpFault('a length beyond all bounds');
  skip(window, count * size);
}
