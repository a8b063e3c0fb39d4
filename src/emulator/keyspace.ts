import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Value } from './value.ts';
import { BURDEN, isEmpty, sizeOf } from './value.ts';

interface Entry {
  value: Value;
  /** Milliseconds since 1970 UTC. */
  expires: number | undefined;
  bytes: number;
  /** Position in the order of SCAN. */
  place: number;
}

/** What a key costs beside its bytes, about as redis-server with jemalloc counts it. */
const KEY_OVERHEAD = 72;

/** Bytes of all databases together. */
export interface Memory {
  /** As a real server would count them. */
  bytes: number;
  /** What they cost this process beside. */
  burden: number;
}

/** One database. Keys past their time are gone when anyone looks. */
export interface Keyspace {
  get(key: ByteString, now: number): Value | undefined;
  set(key: ByteString, value: Value, expires?: number): void;
  delete(key: ByteString, now: number): boolean;
  /** To be called after a value was changed in place, with the bytes it grew by; an empty collection is removed. */
  changed(key: ByteString, grown: number): void;
  expires(key: ByteString): number | undefined;
  setExpires(key: ByteString, at: number | undefined): void;
  keys(now: number): readonly ByteString[];
  /**
   * A page of keys and the cursor of the next one, 0 at the end. The order runs from the last place to the first: a
   * key that is removed has the last one put in its place, so a key that stays is never missed.
   */
  page(
    cursor: number,
    count: number,
    now: number,
  ): { readonly keys: readonly ByteString[]; readonly next: number };
  size(now: number): number;
  /** Keys with a time to live, and the mean of what is left of it in milliseconds. */
  expiring(now: number): { readonly count: number; readonly meanTtl: number };
  clear(): void;
  readonly expired: number;
}

export function createKeyspace(memory: Memory): Keyspace {
  let entries = new Map<ByteString, Entry>();
  let order: ByteString[] = [];
  let bytes = 0;
  let burden = 0;
  let expired = 0;
  /** Of the keys with a time to live: how many, the sum of their times, and a time before which none is over. */
  let mortal = 0;
  let times = 0;
  let soonest = Infinity;

  const grow = (entry: Entry, by: number): void => {
    entry.bytes += by;
    bytes += by;
    memory.bytes += by;
  };
  const carry = (by: number): void => {
    burden += by;
    memory.burden += by;
  };
  const expireAt = (entry: Entry, at: number | undefined): void => {
    if (entry.expires !== undefined) {
      mortal--;
      times -= entry.expires;
    }
    entry.expires = at;
    if (at === undefined) return;
    mortal++;
    times += at;
    soonest = Math.min(soonest, at);
  };
  const remove = (key: ByteString, entry: Entry): void => {
    expireAt(entry, undefined);
    grow(entry, -entry.bytes);
    carry(-BURDEN[entry.value.type]);
    entries.delete(key);
    const last = order.pop();
    if (last === undefined || entry.place === order.length) return;
    order[entry.place] = last;
    const moved = entries.get(last);
    if (moved !== undefined) moved.place = entry.place;
  };
  const live = (key: ByteString, now: number): Entry | undefined => {
    const entry = entries.get(key);
    if (entry?.expires === undefined || entry.expires > now) return entry;
    remove(key, entry);
    expired++;
    return undefined;
  };
  const sweep = (now: number): void => {
    if (now < soonest) return;
    soonest = Infinity;
    for (const [key, entry] of entries) {
      if (entry.expires !== undefined && live(key, now) !== undefined)
        soonest = Math.min(soonest, entry.expires);
    }
  };
  return {
    get: (key, now) => live(key, now)?.value,
    set: (key, value, expires) => {
      const size = KEY_OVERHEAD + key.length + sizeOf(value);
      const before = entries.get(key);
      if (before !== undefined) {
        carry(BURDEN[value.type] - BURDEN[before.value.type]);
        before.value = value;
        grow(before, size - before.bytes);
        if (before.expires !== expires) expireAt(before, expires);
        return;
      }
      const kept = ownedBytes(key);
      const entry: Entry = { value, expires: undefined, bytes: 0, place: order.length };
      grow(entry, size);
      carry(BURDEN[value.type]);
      if (expires !== undefined) expireAt(entry, expires);
      entries.set(kept, entry);
      order.push(kept);
    },
    delete: (key, now) => {
      const entry = live(key, now);
      if (entry !== undefined) remove(key, entry);
      return entry !== undefined;
    },
    changed: (key, grown) => {
      const entry = entries.get(key);
      if (entry === undefined) return;
      grow(entry, grown);
      if (isEmpty(entry.value)) remove(key, entry);
    },
    expires: (key) => entries.get(key)?.expires,
    setExpires: (key, at) => {
      const entry = entries.get(key);
      if (entry !== undefined) expireAt(entry, at);
    },
    keys: (now) => {
      sweep(now);
      return order;
    },
    page: (cursor, count, now) => {
      sweep(now);
      const to = cursor === 0 ? order.length : Math.min(cursor, order.length);
      const from = Math.max(0, to - count);
      return { keys: order.slice(from, to), next: from };
    },
    size: (now) => {
      sweep(now);
      return entries.size;
    },
    expiring: (now) => {
      sweep(now);
      return { count: mortal, meanTtl: mortal === 0 ? 0 : Math.trunc(times / mortal - now) };
    },
    clear: () => {
      memory.bytes -= bytes;
      memory.burden -= burden;
      entries = new Map();
      order = [];
      [bytes, burden, mortal, times, soonest] = [0, 0, 0, 0, Infinity];
    },
    get expired() {
      return expired;
    },
  };
}
