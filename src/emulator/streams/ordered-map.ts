import type { ByteString } from '../../model/bytes.ts';

/**
 * A map in the order of its keys' bytes, as a radix tree keeps them: finding, adding and removing cost about as much
 * however many there are.
 */
export interface OrderedMap<V> extends Iterable<readonly [ByteString, V]> {
  readonly size: number;
  get(key: ByteString): V | undefined;
  has(key: ByteString): boolean;
  set(key: ByteString, value: V): void;
  delete(key: ByteString): boolean;
  /** From this key on, itself included. */
  from(key: ByteString): Generator<readonly [ByteString, V]>;
  values(): Generator<V>;
  readonly firstKey: ByteString | undefined;
  readonly lastKey: ByteString | undefined;
}

interface Page<V> {
  keys: ByteString[];
  values: V[];
}

/** A page is split in two when it has more. */
const PAGE = 128;

export function createOrderedMap<V>(): OrderedMap<V> {
  let size = 0;
  const pages: Page<V>[] = [];

  /** The page that holds the key, or would. */
  const pageOf = (key: ByteString): number => {
    let [low, high] = [0, pages.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pages[middle]?.keys[0] ?? '') <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const find = (key: ByteString): { page: Page<V>; at: number } | undefined => {
    const page = pages[pageOf(key)];
    if (page === undefined) return undefined;
    const at = lowerBound(page.keys, key);
    return page.keys[at] === key ? { page, at } : undefined;
  };
  const split = (index: number, page: Page<V>): void => {
    // A page that is filled in order stays full.
    const at = index === pages.length - 1 ? PAGE : PAGE >> 1;
    pages.splice(index + 1, 0, { keys: page.keys.splice(at), values: page.values.splice(at) });
  };
  function* from(key: ByteString): Generator<readonly [ByteString, V]> {
    const start = pageOf(key);
    for (let index = start; index < pages.length; index++) {
      const page = pages[index];
      if (page === undefined) return;
      for (let at = index === start ? lowerBound(page.keys, key) : 0; at < page.keys.length; at++) {
        yield [page.keys[at] ?? '', page.values[at] as V];
      }
    }
  }
  return {
    get size() {
      return size;
    },
    get: (key) => {
      const found = find(key);
      return found?.page.values[found.at];
    },
    has: (key) => find(key) !== undefined,
    set: (key, value) => {
      const index = pageOf(key);
      const page = pages[index];
      if (page === undefined) {
        pages.push({ keys: [key], values: [value] });
        size++;
        return;
      }
      const at = lowerBound(page.keys, key);
      if (page.keys[at] === key) {
        page.values[at] = value;
        return;
      }
      page.keys.splice(at, 0, key);
      page.values.splice(at, 0, value);
      size++;
      if (page.keys.length > PAGE) split(index, page);
    },
    delete: (key) => {
      const index = pageOf(key);
      const page = pages[index];
      if (page === undefined) return false;
      const at = lowerBound(page.keys, key);
      if (page.keys[at] !== key) return false;
      page.keys.splice(at, 1);
      page.values.splice(at, 1);
      if (page.keys.length === 0) pages.splice(index, 1);
      size--;
      return true;
    },
    from,
    *values() {
      for (const page of pages) yield* page.values;
    },
    [Symbol.iterator]: () => from(''),
    get firstKey() {
      return pages[0]?.keys[0];
    },
    get lastKey() {
      return pages.at(-1)?.keys.at(-1);
    },
  };
}

/** The first place whose key is not less. */
function lowerBound(keys: readonly ByteString[], key: ByteString): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
