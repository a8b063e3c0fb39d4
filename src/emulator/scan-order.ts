import type { ByteString } from '../model/bytes.ts';
import { keyedHash } from './keyed-hash.ts';

/**
 * Names in the order of a hash table of a real server: buckets by a keyed hash, a power of two of them, and cursors
 * that count with their bits reversed, so that a scan misses nobody who stays while the table grows or shrinks.
 */
export interface ScanOrder {
  readonly size: number;
  /** Adds a name that is not there. */
  add(name: ByteString): void;
  remove(name: ByteString): void;
  /**
   * Whole buckets from the cursor on, until there are `count` names or ten times as many buckets were looked at. Of a
   * cursor the low 32 bits count; `next` is 0 at the end.
   */
  page(cursor: number, count: number): { readonly names: readonly ByteString[]; readonly next: number };
  /** All of them, bucket by bucket. */
  all(): ByteString[];
  /** Any of them; `below` is that of a `Random`. */
  any(below: (limit: number) => number): ByteString | undefined;
}

export interface ScanOrderOptions {
  /** Two 32-bit numbers, secret: who knows them can choose names that all fall into one bucket. */
  readonly seed: readonly [number, number];
  /** Names a bucket before the table grows: 1 in Redis; in Valkey from 8.1 on 6.4. */
  readonly load?: number;
}

/** Buckets of Redis's smallest table. */
const FEWEST = 4;
/** A table with fewer names than a tenth of what it is made for shrinks. */
const SPARSE = 10;
const FIRST_SLOTS = 16;
const NONE = -1;
/** Slots that are free may be drawn; so often that it does not matter. */
const DRAWS = 1_000;

/** Costs about 24 bytes a name beside the name itself, and a hash for each change. */
export function createScanOrder(
  { seed, load = 1 }: ScanOrderOptions,
  names: Iterable<ByteString> = [],
): ScanOrder {
  const hash = keyedHash(seed);
  const fewest = load > 1 ? 1 : FEWEST;
  /** By slot: the name, its hash, and the next slot of its bucket. */
  const held: (ByteString | undefined)[] = [];
  let hashes = new Uint32Array(FIRST_SLOTS);
  let following = new Int32Array(FIRST_SLOTS);
  const free: number[] = [];
  let heads = new Int32Array(fewest).fill(NONE);
  let size = 0;

  const link = (slot: number): void => {
    const bucket = (hashes[slot] ?? 0) & (heads.length - 1);
    following[slot] = heads[bucket] ?? NONE;
    heads[bucket] = slot;
  };
  const resize = (buckets: number): void => {
    heads = new Int32Array(buckets).fill(NONE);
    for (let slot = 0; slot < held.length; slot++) if (held[slot] !== undefined) link(slot);
  };
  const fit = (): void => {
    let buckets = heads.length;
    while (size > buckets * load) buckets *= 2;
    if (size * SPARSE < buckets * load) while (buckets > fewest && 2 * size <= buckets * load) buckets /= 2;
    if (buckets !== heads.length) resize(buckets);
  };
  const place = (name: ByteString): number => {
    const slot = free.pop() ?? held.length;
    if (slot >= hashes.length) {
      const [wider, longer] = [new Uint32Array(2 * hashes.length), new Int32Array(2 * hashes.length)];
      wider.set(hashes);
      longer.set(following);
      [hashes, following] = [wider, longer];
    }
    held[slot] = name;
    hashes[slot] = hash(name);
    size++;
    return slot;
  };
  const collect = (bucket: number, found: ByteString[]): void => {
    for (let slot = heads[bucket] ?? NONE; slot !== NONE; slot = following[slot] ?? NONE)
      found.push(held[slot] ?? '');
  };

  for (const name of names) place(name);
  fit();
  resize(heads.length);
  return {
    get size() {
      return size;
    },
    add: (name) => {
      link(place(name));
      fit();
    },
    remove: (name) => {
      const bucket = hash(name) & (heads.length - 1);
      let before = NONE;
      for (let slot = heads[bucket] ?? NONE; slot !== NONE; slot = following[slot] ?? NONE) {
        if (held[slot] === name) {
          if (before === NONE) heads[bucket] = following[slot] ?? NONE;
          else following[before] = following[slot] ?? NONE;
          held[slot] = undefined;
          free.push(slot);
          size--;
          fit();
          return;
        }
        before = slot;
      }
    },
    page: (cursor, count) => {
      const found: ByteString[] = [];
      let bucket = cursor & (heads.length - 1);
      let looks = 10 * count;
      do {
        collect(bucket, found);
        bucket = nextBucket(bucket, heads.length);
      } while (bucket !== 0 && looks-- > 0 && found.length < count);
      return { names: found, next: bucket };
    },
    all: () => {
      const found: ByteString[] = [];
      for (let bucket = 0; bucket < heads.length; bucket++) collect(bucket, found);
      return found;
    },
    any: (below) => {
      if (size === 0) return undefined;
      for (let tries = 0; tries < DRAWS; tries++) {
        const name = held[below(held.length)];
        if (name !== undefined) return name;
      }
      return held.find((name) => name !== undefined);
    },
  };
}

/** Counts up with the highest bit first; 0 after the last bucket. */
function nextBucket(bucket: number, buckets: number): number {
  let next = bucket;
  for (let bit = buckets / 2; bit >= 1; bit /= 2) {
    next ^= bit;
    if ((next & bit) !== 0) return next;
  }
  return next;
}
