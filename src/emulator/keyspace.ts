import { ownedBytes } from '../model/bytes.ts';
import type { ByteString } from '../model/bytes.ts';

export type Value =
  | { readonly type: 'string'; text: ByteString }
  | { readonly type: 'list'; items: ByteString[] }
  | { readonly type: 'hash'; readonly fields: Map<ByteString, ByteString> }
  | { readonly type: 'set'; readonly members: Set<ByteString> }
  | { readonly type: 'zset'; readonly scores: Map<ByteString, number> };
export type ValueType = Value['type'];
export type ValueOf<T extends ValueType> = Extract<Value, { type: T }>;

interface Entry {
  value: Value;
  /** Milliseconds since 1970 UTC. */
  expires: number | undefined;
  bytes: number;
}

/** What a key, an element or a field costs beside its bytes, about as redis-server with jemalloc counts it. */
const KEY_OVERHEAD = 72;
const ITEM_OVERHEAD = 16;

/** One database. Keys past their time are gone when anyone looks. */
export interface Keyspace {
  get(key: ByteString, now: number): Value | undefined;
  set(key: ByteString, value: Value, expires?: number): void;
  delete(key: ByteString, now: number): boolean;
  /** To be called after a value was changed in place, with the bytes it grew by; an empty collection is removed. */
  changed(key: ByteString, grown: number): void;
  expires(key: ByteString): number | undefined;
  setExpires(key: ByteString, at: number | undefined): void;
  keys(now: number): ByteString[];
  size(now: number): number;
  /** Keys with a time to live, and the mean of what is left of it in milliseconds. */
  expiring(now: number): { count: number; meanTtl: number };
  clear(): void;
  readonly bytes: number;
  readonly expired: number;
}

export function createKeyspace(): Keyspace {
  let entries = new Map<ByteString, Entry>();
  let bytes = 0;
  let expired = 0;

  const remove = (key: ByteString, entry: Entry): void => {
    bytes -= entry.bytes;
    entries.delete(key);
  };
  const live = (key: ByteString, now: number): Entry | undefined => {
    const entry = entries.get(key);
    if (entry?.expires === undefined || entry.expires > now) return entry;
    remove(key, entry);
    expired++;
    return undefined;
  };
  const sweep = (now: number): void => {
    for (const [key, entry] of entries) {
      if (entry.expires !== undefined && entry.expires <= now) live(key, now);
    }
  };
  return {
    get: (key, now) => live(key, now)?.value,
    set: (key, value, expires) => {
      const before = entries.get(key);
      if (before !== undefined) bytes -= before.bytes;
      const entry = { value, expires, bytes: KEY_OVERHEAD + key.length + sizeOf(value) };
      bytes += entry.bytes;
      entries.set(before === undefined ? ownedBytes(key) : key, entry);
    },
    delete: (key, now) => {
      const entry = live(key, now);
      if (entry !== undefined) remove(key, entry);
      return entry !== undefined;
    },
    changed: (key, grown) => {
      const entry = entries.get(key);
      if (entry === undefined) return;
      bytes += grown;
      entry.bytes += grown;
      if (isEmpty(entry.value)) remove(key, entry);
    },
    expires: (key) => entries.get(key)?.expires,
    setExpires: (key, at) => {
      const entry = entries.get(key);
      if (entry !== undefined) entry.expires = at;
    },
    keys: (now) => {
      sweep(now);
      return [...entries.keys()];
    },
    size: (now) => {
      sweep(now);
      return entries.size;
    },
    expiring: (now) => {
      sweep(now);
      const left = [...entries.values()].flatMap(({ expires }) => (expires === undefined ? [] : expires - now));
      const sum = left.reduce((total, one) => total + one, 0);
      return { count: left.length, meanTtl: left.length === 0 ? 0 : Math.trunc(sum / left.length) };
    },
    clear: () => {
      entries = new Map();
      bytes = 0;
    },
    get bytes() {
      return bytes;
    },
    get expired() {
      return expired;
    },
  };
}

function isEmpty(value: Value): boolean {
  switch (value.type) {
    case 'string':
      return false;
    case 'list':
      return value.items.length === 0;
    case 'hash':
      return value.fields.size === 0;
    case 'set':
      return value.members.size === 0;
    case 'zset':
      return value.scores.size === 0;
  }
}

function sizeOf(value: Value): number {
  switch (value.type) {
    case 'string':
      return value.text.length;
    case 'list':
      return itemBytes(value.items);
    case 'hash':
      return itemBytes(value.fields.keys()) + itemBytes(value.fields.values());
    case 'set':
      return itemBytes(value.members);
    case 'zset':
      return itemBytes(value.scores.keys());
  }
}

/** What elements, fields or members cost. */
export function itemBytes(items: Iterable<ByteString>): number {
  let total = 0;
  for (const item of items) total += item.length + ITEM_OVERHEAD;
  return total;
}
