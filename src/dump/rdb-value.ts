import { NODE, TYPE } from '../redis/rdb-types.ts';
import type { ByteWindow } from './byte-window.ts';
import { byteOf, need, skip } from './byte-window.ts';
import { DumpFault } from './dump-fault.ts';
import { intsetItems, listpackItems, ziplistItems, zipmapItems } from './packed-items.ts';
import type { Piece, Wanted } from './piece.ts';
import { readLength, readNumber } from './rdb-length.ts';
import { moduleName, skipModule } from './rdb-modules.ts';
import { readStream } from './rdb-stream.ts';
import type { Blob } from './rdb-string.ts';
import { readBlob, readString, skipString } from './rdb-string.ts';
import type { ReadValue, Rest, Taken } from './taken.ts';
import { isFull, newTaken, take } from './taken.ts';

/** The value that follows a key. @param valkey whether the file is of Valkey, which numbers a type of its own as 22. */
export function readValue(type: number, window: ByteWindow, wanted: Wanted, valkey: boolean): ReadValue {
  switch (type) {
    case TYPE.string: {
      const piece = readString(window, wanted.headBytes, wanted.tailBytes);
      const whole = piece.text.length === piece.length;
      return { type: 'string', encoding: 'raw', elements: [piece], whole };
    }
    case TYPE.list:
      return plain('list', 'linkedlist', window, wanted, skipString);
    case TYPE.listZiplist:
      return singles('list', 'ziplist', readBlob(window), ziplistItems, wanted);
    case TYPE.listQuicklist:
      return nodes(window, wanted, skipString, (taken) =>
        takeAll(taken, ziplistItems, readBlob(window), wanted),
      );
    case TYPE.listQuicklist2:
      return nodes(window, wanted, skipNode, (taken) => readNode(window, taken, wanted));
    case TYPE.set:
      return plain('set', 'hashtable', window, wanted, skipString);
    case TYPE.setIntset:
      return singles('set', 'intset', readBlob(window), intsetItems, wanted);
    case TYPE.setListpack:
      return singles('set', 'listpack', readBlob(window), listpackItems, wanted);
    case TYPE.zset:
      return plain('zset', 'skiplist', window, wanted, skipString, skipScore);
    case TYPE.zset2:
      return plain('zset', 'skiplist', window, wanted, skipString, skipDouble);
    case TYPE.zsetZiplist:
      return spaced('zset', 'ziplist', readBlob(window), ziplistItems, wanted, 2, false);
    case TYPE.zsetListpack:
      return spaced('zset', 'listpack', readBlob(window), listpackItems, wanted, 2, false);
    case TYPE.hash:
      return fields('hashtable', window, wanted, undefined, undefined);
    case TYPE.hashZipmap:
      return spaced('hash', 'zipmap', readBlob(window), zipmapItems, wanted, 2, true);
    case TYPE.hashZiplist:
      return spaced('hash', 'ziplist', readBlob(window), ziplistItems, wanted, 2, true);
    case TYPE.hashListpack:
      return spaced('hash', 'listpack', readBlob(window), listpackItems, wanted, 2, true);
    case TYPE.hashMetadata:
      skip(window, 8);
      return fields('hashtable', window, wanted, readNumber, undefined);
    case TYPE.hashMetadataEarly:
      return valkey
        ? fields('hashtable', window, wanted, undefined, skipDouble)
        : fields('hashtable', window, wanted, readNumber, undefined);
    case TYPE.hashListpackTtl:
      skip(window, 8);
      return spaced('hash', 'listpackex', readBlob(window), listpackItems, wanted, 3, true);
    case TYPE.hashListpackEarly:
      return spaced('hash', 'listpackex', readBlob(window), listpackItems, wanted, 3, true);
    case TYPE.stream:
    case TYPE.stream2:
    case TYPE.stream3:
    case TYPE.stream4:
    case TYPE.stream5:
      return readStream(type, window, wanted);
    case TYPE.module2: {
      const module = moduleName(readNumber(window));
      skipModule(window);
      return { type: 'other', encoding: 'module', elements: [], whole: false, module };
    }
    case TYPE.module:
      throw new DumpFault('a module value of a test version of Redis 4, which nobody can pass over');
    default:
      throw new DumpFault(`an unknown type of value, ${type}`);
  }
}

type Skip = (window: ByteWindow) => void;
type ItemsOf = (blob: Blob, count: number, most: number) => Piece[];

/** Strings one after the other, each with what `after` passes over. */
function plain(
  type: ReadValue['type'],
  encoding: string,
  window: ByteWindow,
  wanted: Wanted,
  skipMember: Skip,
  after?: Skip,
): ReadValue {
  const taken = newTaken();
  let left = readLength(window);
  for (; left > 0 && !isFull(taken, wanted); left--) {
    take(taken, readString(window, wanted.elementBytes, 0), wanted);
    after?.(window);
  }
  const skipOne: Skip =
    after === undefined
      ? skipMember
      : (place) => {
          skipMember(place);
          after(place);
        };
  return finished(type, encoding, taken, { left, skipOne });
}

/** Fields and values in turn, with a time before or behind each pair. */
function fields(
  encoding: string,
  window: ByteWindow,
  wanted: Wanted,
  before: ((window: ByteWindow) => unknown) | undefined,
  after: Skip | undefined,
): ReadValue {
  const taken = newTaken();
  let left = readLength(window);
  for (; left > 0 && !isFull(taken, wanted); left--) {
    before?.(window);
    const field = readString(window, LONGEST_FIELD, 0).text;
    take(taken, { field, ...readString(window, wanted.elementBytes, 0) }, wanted);
    after?.(window);
  }
  const skipOne: Skip = (place) => {
    before?.(place);
    skipString(place);
    skipString(place);
    after?.(place);
  };
  return finished('hash', encoding, taken, { left, skipOne });
}

const LONGEST_FIELD = 4_096;

function finished(type: ReadValue['type'], encoding: string, taken: Taken, rest: Rest): ReadValue {
  const { elements, whole } = taken;
  return { type, encoding, elements, whole: whole && rest.left === 0, rest };
}

/** All items of one packed structure. */
function singles(
  type: ReadValue['type'],
  encoding: string,
  blob: Blob,
  itemsOf: ItemsOf,
  wanted: Wanted,
): ReadValue {
  const taken = newTaken();
  takeAll(taken, itemsOf, blob, wanted);
  return { type, encoding, elements: taken.elements, whole: taken.whole };
}

function takeAll(taken: Taken, itemsOf: ItemsOf, blob: Blob, wanted: Wanted): void {
  // One more than is wanted tells whether that was all.
  const count = wanted.elements - taken.elements.length + 1;
  for (const item of itemsOf(blob, count, wanted.elementBytes)) take(taken, item, wanted);
  if (blob.length > blob.bytes.length) taken.whole = false;
}

/** Members with scores, fields with values (`pairs`), and the same with times: `step` items each. */
function spaced(
  type: ReadValue['type'],
  encoding: string,
  blob: Blob,
  itemsOf: ItemsOf,
  wanted: Wanted,
  step: number,
  pairs: boolean,
): ReadValue {
  const taken = newTaken();
  const items = itemsOf(blob, (wanted.elements + 1) * step, wanted.elementBytes);
  if (items.length % step !== 0 && blob.length === blob.bytes.length)
    throw new DumpFault('a packed structure with half a pair');
  for (let index = 0; index + step <= items.length; index += step) {
    const [first, second] = [items[index], items[index + 1]];
    if (first === undefined || second === undefined) break;
    take(taken, pairs ? { field: first.text.slice(0, LONGEST_FIELD), ...second } : first, wanted);
  }
  const whole = taken.whole && blob.length === blob.bytes.length;
  return { type, encoding, elements: taken.elements, whole };
}

function nodes(
  window: ByteWindow,
  wanted: Wanted,
  skipOne: Skip,
  readInto: (taken: Taken) => void,
): ReadValue {
  const taken = newTaken();
  let left = readLength(window);
  for (; left > 0 && !isFull(taken, wanted); left--) readInto(taken);
  return finished('list', 'quicklist', taken, { left, skipOne });
}

function skipNode(window: ByteWindow): void {
  skip(window, 1);
  skipString(window);
}

function readNode(window: ByteWindow, taken: Taken, wanted: Wanted): void {
  switch (byteOf(window)) {
    case NODE.plain:
      take(taken, readString(window, wanted.elementBytes, 0), wanted);
      break;
    case NODE.packed:
      takeAll(taken, listpackItems, readBlob(window), wanted);
      break;
    default:
      throw new DumpFault('an unknown form of list node');
  }
}

function skipDouble(window: ByteWindow): void {
  skip(window, 8);
}

/** A score as text behind its length; the three highest lengths are values of their own. */
function skipScore(window: ByteWindow): void {
  need(window, 1);
  const length = byteOf(window);
  if (length < 253) skip(window, length);
}
