import type { ByteString } from '../model/bytes.ts';

/** Dropped keys whose slots are kept, and the longest of them in bytes. */
const MOST_KEPT = 1_024;
const LONGEST_KEPT = 256;

/**
 * Values by key. As a Map leaves a mark behind each key that was deleted, in the chain of that key, one that comes and
 * goes all the time, as a queue that runs empty, would make each look-up of it longer than the last. So the slots of
 * keys that were dropped lately are kept for when they come back: at most as many as there are keys.
 */
export interface EntryTable<T extends object> extends Iterable<[ByteString, T]> {
  readonly size: number;
  get(key: ByteString): T | undefined;
  has(key: ByteString): boolean;
  set(key: ByteString, value: T): void;
  delete(key: ByteString): void;
  clear(): void;
}

export function createEntryTable<T extends object>(): EntryTable<T> {
  /** A number is the place of a dropped key in `kept`. */
  const slots = new Map<ByteString, T | number>();
  let kept: ByteString[] = [];
  let next = 0;
  let size = 0;

  const release = (place: number): void => {
    const key = kept[place];
    if (key !== undefined && slots.get(key) === place) slots.delete(key);
  };
  const releaseAll = (): void => {
    for (let place = 0; place < kept.length; place++) release(place);
    [kept, next] = [[], 0];
  };
  const get = (key: ByteString): T | undefined => {
    const found = slots.get(key);
    return typeof found === 'number' ? undefined : found;
  };
  return {
    get size() {
      return size;
    },
    get,
    has: (key) => get(key) !== undefined,
    set: (key, value) => {
      if (get(key) === undefined) size++;
      slots.set(key, value);
    },
    delete: (key) => {
      if (get(key) === undefined) return;
      size--;
      if (key.length > LONGEST_KEPT || slots.size - size > size) {
        slots.delete(key);
        if (slots.size - size > size) releaseAll();
        return;
      }
      release(next);
      kept[next] = key;
      slots.set(key, next);
      next = (next + 1) % MOST_KEPT;
    },
    clear: () => {
      slots.clear();
      [kept, next, size] = [[], 0, 0];
    },
    *[Symbol.iterator]() {
      for (const [key, value] of slots) if (typeof value !== 'number') yield [key, value];
    },
  };
}
