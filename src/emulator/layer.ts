import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { EntryTable } from './entry-table.ts';
import { createEntryTable } from './entry-table.ts';
import type { ScanOrder, ScanOrderOptions } from './scan-order.ts';
import { createScanOrder } from './scan-order.ts';
import type { Value } from './value.ts';
import { BURDEN, isEmpty, sizeOf } from './value.ts';

export interface Entry {
  value: Value;
  /** Milliseconds since 1970 UTC. */
  expires: number | undefined;
  bytes: number;
  /** Number of the group of visitors whose key it is. */
  readonly owner: number;
  /** Counts up over all entries of a layer: who came before whom. */
  readonly serial: number;
  /** Milliseconds since 1970 UTC of the last use. */
  used: number;
  /** Position in the order of SCAN. */
  place: number;
  /** Its neighbours among the entries of its owner. */
  before: Entry | undefined;
  after: Entry | undefined;
}

/** Bytes of all databases together. */
export interface Memory {
  /** As a real server would count them. */
  bytes: number;
  /** What they cost this process beside. */
  burden: number;
  /** Of `bytes` what belongs to whom, by the owner's number. */
  readonly shares?: Map<number, number>;
}

/** What a key costs beside its bytes, about as redis-server with jemalloc counts it. */
const KEY_OVERHEAD = 72;
/** Entries of the heap of times that are out of date, above which it is built anew. */
const STALE_TIMES = 1_024;

export interface LayerWatcher {
  came(key: ByteString): void;
  leaves(key: ByteString, entry: Entry): void;
}

/**
 * Keys and values that some visitors share, without any rule about who may do what; `keyspace.ts` has those. Keys past
 * their time are gone when anyone looks.
 */
export class Layer {
  readonly entries: EntryTable<Entry> = createEntryTable();
  order: ByteString[] = [];
  expired = 0;
  /** Told of an entry that goes, before it does, and of one that came. */
  readonly watchers = new Set<LayerWatcher>();
  /** Of the keys with a time to live: how many, the sum of their times, and the times as a heap. */
  #mortal = 0;
  #times = 0;
  #heap: [at: number, key: ByteString][] = [];
  /** The newest entry of each owner. */
  readonly #newest = new Map<number, Entry>();
  #serial = 0;
  #bytes = 0;
  #burden = 0;

  readonly memory: Memory;
  /** How names are spread over buckets: see scan-order.ts. */
  readonly scanning: ScanOrderOptions;
  /** Made when somebody first scans, and kept up from then on. */
  #scan: ScanOrder | undefined;
  /** Told of a key that went because its time was over. */
  readonly onExpired: (key: ByteString) => void;
  /** Milliseconds since 1970 UTC. */
  readonly clock: (() => number) | undefined;
  /** The last time that anyone told. */
  #told = 0;

  constructor(
    memory: Memory,
    scanning: ScanOrderOptions = { seed: [0, 0] },
    onExpired: (key: ByteString) => void = () => undefined,
    clock?: () => number,
  ) {
    this.memory = memory;
    this.scanning = scanning;
    this.onExpired = onExpired;
    this.clock = clock;
  }

  /** By the clock; without one, the last time that anyone told. */
  get now(): number {
    return this.clock?.() ?? this.#told;
  }

  get scan(): ScanOrder {
    this.#scan ??= createScanOrder(this.scanning, this.order);
    return this.#scan;
  }

  get serial(): number {
    return this.#serial;
  }

  get bytes(): number {
    return this.#bytes + this.#burden;
  }

  find(key: ByteString, now: number): Entry | undefined {
    this.#told = now;
    const entry = this.entries.get(key);
    if (entry?.expires === undefined || entry.expires > now) return entry;
    this.drop(key, entry);
    this.expired++;
    this.onExpired(key);
    return undefined;
  }

  put(key: ByteString, value: Value, expires: number | undefined, owner: number, now: number): void {
    const size = KEY_OVERHEAD + key.length + sizeOf(value);
    const before = this.entries.get(key);
    if (before !== undefined) {
      this.#carry(BURDEN[value.type] - BURDEN[before.value.type]);
      before.value = value;
      before.used = now;
      this.#grow(before, size - before.bytes);
      if (before.expires !== expires) this.expireAt(key, before, expires);
      return;
    }
    const kept = ownedBytes(key);
    const place = this.order.length;
    const entry: Entry = {
      value,
      expires: undefined,
      bytes: 0,
      owner,
      serial: ++this.#serial,
      used: now,
      place,
      before: this.#newest.get(owner),
      after: undefined,
    };
    if (entry.before !== undefined) entry.before.after = entry;
    this.#newest.set(owner, entry);
    this.#grow(entry, size);
    this.#carry(BURDEN[value.type]);
    if (expires !== undefined) this.expireAt(kept, entry, expires);
    this.entries.set(kept, entry);
    this.order.push(kept);
    this.#scan?.add(kept);
    for (const watcher of this.watchers) watcher.came(key);
  }

  drop(key: ByteString, entry: Entry): void {
    for (const watcher of this.watchers) watcher.leaves(key, entry);
    this.#mortalityOf(entry, undefined);
    this.#grow(entry, -entry.bytes);
    this.#carry(-BURDEN[entry.value.type]);
    // The name as the layer has it: the one that was asked for may hold on to a whole request.
    this.entries.delete(this.order[entry.place] ?? key);
    this.#unlink(entry);
    this.#scan?.remove(key);
    const last = this.order.pop();
    if (last === undefined || entry.place === this.order.length) return;
    this.order[entry.place] = last;
    const moved = this.entries.get(last);
    if (moved !== undefined) moved.place = entry.place;
  }

  /** After a value was changed in place, with the bytes it grew by. An empty collection is removed. */
  changed(key: ByteString, entry: Entry, grown: number): void {
    this.#grow(entry, grown);
    if (isEmpty(entry.value)) this.drop(key, entry);
  }

  expireAt(key: ByteString, entry: Entry, at: number | undefined): void {
    this.#mortalityOf(entry, at);
    if (at === undefined) return;
    if (this.#heap.length > 2 * this.#mortal + STALE_TIMES) this.#rebuild();
    push(this.#heap, [at, key]);
  }

  /** Removes what is past its time. */
  sweep(now: number): void {
    for (const key of this.expiredBy(now)) this.find(key, now);
  }

  /** Keys whose time may be over, each told once; whoever asks removes them by `find`. */
  *expiredBy(now: number): Iterable<ByteString> {
    this.#told = now;
    for (let top = this.#heap[0]; top !== undefined && top[0] <= now; top = this.#heap[0]) {
      pop(this.#heap);
      yield top[1];
    }
  }

  /** Removes all entries of one owner. */
  dropAllOf(owner: number): void {
    const foreign = this.#newest.size > (this.#newest.has(owner) ? 1 : 0);
    if (!foreign && this.watchers.size === 0) this.clear();
    else
      for (let entry = this.#newest.get(owner); entry !== undefined; entry = this.#newest.get(owner))
        this.drop(this.order[entry.place] ?? '', entry);
  }

  /** Names of all entries of one owner, the newest first. */
  *keysOf(owner: number): Iterable<ByteString> {
    for (let entry = this.#newest.get(owner); entry !== undefined; entry = entry.before)
      yield this.order[entry.place] ?? '';
  }

  /** Keys with a time to live, and the mean of what is left of it in milliseconds. */
  expiring(now: number): { readonly count: number; readonly meanTtl: number } {
    const count = this.#mortal;
    return { count, meanTtl: count === 0 ? 0 : Math.trunc(this.#times / count - now) };
  }

  clear(): void {
    if (this.memory.shares !== undefined) {
      for (const [, { owner, bytes }] of this.entries) this.#share(owner, -bytes);
    }
    this.memory.bytes -= this.#bytes;
    this.memory.burden -= this.#burden;
    this.entries.clear();
    this.#newest.clear();
    this.order = [];
    this.#scan = undefined;
    this.#heap = [];
    [this.#bytes, this.#burden, this.#mortal, this.#times] = [0, 0, 0, 0];
  }

  #unlink({ owner, before, after }: Entry): void {
    if (before !== undefined) before.after = after;
    if (after !== undefined) after.before = before;
    else if (before !== undefined) this.#newest.set(owner, before);
    else this.#newest.delete(owner);
  }

  #grow(entry: Entry, by: number): void {
    entry.bytes += by;
    this.#bytes += by;
    this.memory.bytes += by;
    this.#share(entry.owner, by);
  }

  #share(owner: number, by: number): void {
    const { shares } = this.memory;
    if (shares !== undefined) shares.set(owner, (shares.get(owner) ?? 0) + by);
  }

  #carry(by: number): void {
    this.#burden += by;
    this.memory.burden += by;
  }

  #mortalityOf(entry: Entry, at: number | undefined): void {
    if (entry.expires !== undefined) {
      this.#mortal--;
      this.#times -= entry.expires;
    }
    entry.expires = at;
    if (at === undefined) return;
    this.#mortal++;
    this.#times += at;
  }

  #rebuild(): void {
    this.#heap = [];
    for (const [key, { expires }] of this.entries) if (expires !== undefined) this.#heap.push([expires, key]);
    this.#heap.sort(([one], [other]) => one - other);
  }
}

function push(heap: [number, ByteString][], item: [number, ByteString]): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above[0] <= item[0]) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = item;
}

function pop(heap: [number, ByteString][]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    const [left, right] = [heap[child], heap[child + 1]];
    if (left === undefined) break;
    let least = left;
    if (right !== undefined && right[0] < left[0]) {
      least = right;
      child++;
    }
    if (least[0] >= last[0]) break;
    heap[at] = least;
    at = child;
  }
  heap[at] = last;
}
