import type { ByteString } from '../model/bytes.ts';

/** The items of a Redis list: both ends and any index in constant time. */
export interface ByteList {
  readonly length: number;
  /** Undefined outside of the list; negative counts from the end. */
  at(index: number): ByteString | undefined;
  /** Replaces an item that is there. */
  put(index: number, item: ByteString): void;
  pushLeft(item: ByteString): void;
  pushRight(item: ByteString): void;
  popLeft(): ByteString | undefined;
  popRight(): ByteString | undefined;
  /** Puts an item before the one at `index`, or at the end. */
  insert(index: number, item: ByteString): void;
  /** Removes at most `most` items that are equal to this one, the first or the last of them; returns how many. */
  remove(item: ByteString, most: number, fromRight: boolean): number;
  /** The place of an item, or -1. */
  indexOf(item: ByteString): number;
  /** A copy of a part; `to` is exclusive. */
  slice(from?: number, to?: number): ByteString[];
  replace(items: ByteString[]): void;
}

const SMALLEST = 8;

/** A ring that doubles when it is full and halves when it is nearly empty. */
export function createByteList(items: ByteString[] = []): ByteList {
  let ring: (ByteString | undefined)[] = [];
  let head = 0;
  let length = 0;

  const slot = (index: number): number => (head + index) % ring.length;
  const resize = (capacity: number): void => {
    const kept: (ByteString | undefined)[] = slice();
    kept.length = Math.max(SMALLEST, capacity);
    ring = kept;
    head = 0;
  };
  const slice = (from = 0, to = length): ByteString[] => {
    const found: ByteString[] = [];
    for (let index = from; index < Math.min(to, length); index++) found.push(ring[slot(index)] ?? '');
    return found;
  };
  const take = (at: number): ByteString | undefined => {
    const item = ring[at];
    ring[at] = undefined;
    length--;
    return item;
  };
  const shrink = (): void => {
    if (ring.length > SMALLEST && length < ring.length / 4) resize(ring.length / 2);
  };
  const replace = (all: ByteString[]): void => {
    ring = all;
    head = 0;
    length = all.length;
  };
  const insert = (index: number, item: ByteString): void => {
    if (length === ring.length) resize(2 * length);
    if (index < length / 2) {
      head = (head + ring.length - 1) % ring.length;
      for (let at = 0; at < index; at++) ring[slot(at)] = ring[slot(at + 1)];
    } else for (let at = length; at > index; at--) ring[slot(at)] = ring[slot(at - 1)];
    ring[slot(index)] = item;
    length++;
  };
  const remove = (item: ByteString, most: number, fromRight: boolean): number => {
    let [kept, gone] = [0, 0];
    for (let index = 0; index < length; index++) {
      const at = slot(fromRight ? length - 1 - index : index);
      if (gone < most && ring[at] === item) gone++;
      else ring[slot(fromRight ? length - 1 - kept++ : kept++)] = ring[at];
    }
    for (let index = 0; index < gone; index++) ring[slot(fromRight ? index : length - 1 - index)] = undefined;
    if (fromRight) head = slot(gone);
    length -= gone;
    shrink();
    return gone;
  };
  const indexOf = (item: ByteString): number => {
    for (let index = 0; index < length; index++) if (ring[slot(index)] === item) return index;
    return -1;
  };
  replace(items);
  return {
    get length() {
      return length;
    },
    at: (index) => {
      const from = index < 0 ? length + index : index;
      return from >= 0 && from < length ? ring[slot(from)] : undefined;
    },
    put: (index, item) => {
      ring[slot(index)] = item;
    },
    pushLeft: (item) => {
      if (length === ring.length) resize(2 * length);
      head = (head + ring.length - 1) % ring.length;
      ring[head] = item;
      length++;
    },
    pushRight: (item) => {
      if (length === ring.length) resize(2 * length);
      ring[slot(length)] = item;
      length++;
    },
    popLeft: () => {
      if (length === 0) return undefined;
      const item = take(head);
      head = (head + 1) % ring.length;
      shrink();
      return item;
    },
    popRight: () => {
      if (length === 0) return undefined;
      const item = take(slot(length - 1));
      shrink();
      return item;
    },
    insert,
    remove,
    indexOf,
    slice,
    replace,
  };
}
