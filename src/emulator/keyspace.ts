import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import type { Random } from '../platform/random.ts';
import { copyOf } from './copy-value.ts';
import type { Entry, LayerWatcher, Memory } from './layer.ts';
import { Layer } from './layer.ts';
import type { ScanOrder } from './scan-order.ts';
import { createScanOrder } from './scan-order.ts';
import type { Value } from './value.ts';

/** Whose eyes a database is seen with. */
export interface Group {
  /** 0 is the base world's. */
  readonly number: number;
  /** True while a command that writes is run: what it gets of others is a copy. */
  writing: boolean;
}

/** One database, as one group of visitors sees it. Keys past their time are gone when anyone looks. */
export interface Keyspace {
  /** While a command writes, a value of somebody else comes as the group's own copy, to be changed as it likes. */
  get(key: ByteString, now: number): Value | undefined;
  set(key: ByteString, value: Value, expires?: number): void;
  delete(key: ByteString, now: number): boolean;
  /** To be called after a value was changed in place, with the bytes it grew by; an empty collection is removed. */
  changed(key: ByteString, grown: number): void;
  expires(key: ByteString): number | undefined;
  setExpires(key: ByteString, at: number | undefined): void;
  /** The value as it lies there, without using it: not to be changed. */
  peek(key: ByteString): Value | undefined;
  /** Milliseconds since 1970 UTC of the last `get` or `set`. */
  usedAt(key: ByteString): number | undefined;
  keys(now: number): readonly ByteString[];
  /** A page of keys and the cursor of the next one, 0 at the end; see scan-order.ts. */
  page(
    cursor: number,
    count: number,
    now: number,
  ): { readonly keys: readonly ByteString[]; readonly next: number };
  randomKey(random: Random, now: number): ByteString | undefined;
  size(now: number): number;
  /** Keys with a time to live, and the mean of what is left of it in milliseconds. */
  expiring(now: number): { readonly count: number; readonly meanTtl: number };
  clear(): void;
  readonly expired: number;
}

/** A database that nobody shares. */
export function createKeyspace(memory: Memory): Keyspace {
  return new GroupKeyspace(new Layer(memory), { number: 1, writing: true });
}

const RANDOM_TRIES = 100;
/** What a mark of a deleted key and a place in an order of one's own cost this process, bytes. */
const GONE_BURDEN = 60;
const SEEN_BURDEN = 90;

/**
 * The merge rule. What anyone puts under a name that is free is everyone's to see. What a group does to a key that is
 * not its own (change, delete, flush) it alone sees: the change goes to a copy of its own, the deletion is a mark. So
 * a key set from one address is read from another, and nobody can wipe or poison what others see.
 */
export class GroupKeyspace implements Keyspace {
  /** Copies of what is others', and new keys under names that they have. */
  #own: Layer | undefined;
  /** Others' keys that the group has deleted one by one. */
  readonly #gone = new Set<ByteString>();
  /** Others' entries up to this serial are gone all together. */
  #flushed = 0;
  /** Others' entries that are gone, and that stand behind an own one. */
  #hidden = 0;
  #shadowed = 0;
  #watching = false;
  /** The order of what a group with a world of its own sees; made when somebody scans. */
  #seen: ScanOrder | undefined;
  /** What `#gone` and `#seen` have been booked with. */
  #booked = 0;

  readonly common: Layer;
  readonly group: Group;

  constructor(common: Layer, group: Group) {
    this.common = common;
    this.group = group;
  }

  get(key: ByteString, now: number): Value | undefined {
    const entry = this.#find(key, now);
    if (entry === undefined) return undefined;
    entry.used = now;
    return (this.group.writing && this.#isForeign(key, entry) ? this.#claim(key, entry) : entry).value;
  }

  set(key: ByteString, value: Value, expires?: number): void {
    const { common, group } = this;
    const there = common.entries.get(key);
    if (this.#own?.entries.has(key) !== true) {
      if (there === undefined || there.owner === group.number) {
        common.put(key, value, expires, group.number, common.now);
        return;
      }
      this.#cover(key, there);
    }
    this.#ownLayer().put(key, value, expires, group.number, common.now);
  }

  delete(key: ByteString, now: number): boolean {
    const entry = this.#find(key, now);
    if (entry === undefined) return false;
    const own = this.#own?.entries.get(key);
    if (own !== undefined) {
      this.#own?.drop(key, own);
      this.#uncover(key);
    } else if (entry.owner === this.group.number) this.common.drop(key, entry);
    else this.#hide(key);
    return true;
  }

  changed(key: ByteString, grown: number): void {
    const own = this.#own?.entries.get(key);
    if (own === undefined) {
      const entry = this.common.entries.get(key);
      if (entry !== undefined) this.common.changed(key, entry, grown);
      return;
    }
    this.#own?.changed(key, own, grown);
    if (this.#own?.entries.has(key) === false) this.#uncover(key);
  }

  expires(key: ByteString): number | undefined {
    return this.#visible(key)?.expires;
  }

  setExpires(key: ByteString, at: number | undefined): void {
    let entry = this.#visible(key);
    if (entry === undefined) return;
    if (this.#isForeign(key, entry)) entry = this.#claim(key, entry);
    this.#layerOf(key).expireAt(key, entry, at);
  }

  peek(key: ByteString): Value | undefined {
    return this.#visible(key)?.value;
  }

  usedAt(key: ByteString): number | undefined {
    return this.#visible(key)?.used;
  }

  keys(now: number): readonly ByteString[] {
    this.#sweep(now);
    return this.#order().all();
  }

  page(
    cursor: number,
    count: number,
    now: number,
  ): { readonly keys: readonly ByteString[]; readonly next: number } {
    this.#sweep(now);
    const { names, next } = this.#order().page(cursor, count);
    return { keys: names, next };
  }

  randomKey(random: Random, now: number): ByteString | undefined {
    const size = this.size(now);
    if (size === 0) return undefined;
    const { order } = this.common;
    const own = this.#own?.order ?? [];
    for (let tries = 0; tries < RANDOM_TRIES; tries++) {
      const at = random.below(order.length + own.length);
      const key = at < order.length ? order[at] : own[at - order.length];
      if (key !== undefined && (at >= order.length || this.#isShown(key))) return key;
    }
    return own[0] ?? order.find((key) => this.#isShown(key));
  }

  size(now: number): number {
    this.#sweep(now);
    return this.common.entries.size - this.#hidden - this.#shadowed + (this.#own?.entries.size ?? 0);
  }

  expiring(now: number): { readonly count: number; readonly meanTtl: number } {
    this.#sweep(now);
    if (!this.#isPrivate()) return this.common.expiring(now);
    let [count, total] = [0, 0];
    for (const key of this.keys(now)) {
      const at = this.expires(key);
      if (at === undefined) continue;
      count++;
      total += at - now;
    }
    return { count, meanTtl: count === 0 ? 0 : Math.trunc(total / count) };
  }

  clear(): void {
    this.#own?.clear();
    this.#own = undefined;
    this.#seen = undefined;
    this.#gone.clear();
    this.common.dropAllOf(this.group.number);
    this.#flushed = this.common.serial;
    this.#hidden = this.common.entries.size;
    this.#shadowed = 0;
    if (this.#hidden > 0) this.#watch();
    this.#book();
  }

  /** Forgets what only this group sees: it sees again what the others see. */
  forget(): void {
    this.#own?.clear();
    this.#own = undefined;
    this.#seen = undefined;
    this.#gone.clear();
    [this.#flushed, this.#hidden, this.#shadowed] = [0, 0, 0];
    this.common.watchers.delete(this.#watcher);
    this.#watching = false;
    this.#book();
  }

  /** True when nobody else sees what the group has just done to this key. */
  isApart(key: ByteString): boolean {
    const there = this.common.entries.get(key);
    return (there !== undefined && there.owner !== this.group.number) || this.#own?.entries.has(key) === true;
  }

  /** What the marks and the order that only this group has cost this process, bytes. */
  get burden(): number {
    return GONE_BURDEN * this.#gone.size + SEEN_BURDEN * (this.#seen?.size ?? 0);
  }

  /** Removes what is past its time of what only this group sees. */
  expireOwn(now: number): void {
    const own = this.#own;
    if (own === undefined) return;
    for (const key of own.expiredBy(now)) this.#find(key, now);
  }

  get expired(): number {
    return this.common.expired + (this.#own?.expired ?? 0);
  }

  /** What only this group sees: its own entries, and the names of others' keys that it does not see. */
  apart(): { readonly own: Iterable<[ByteString, Entry]>; readonly hidden: readonly ByteString[] } {
    const hidden = this.#hidden === 0 ? [] : this.common.order.filter((key) => this.#isHidden(key));
    return { own: this.#own?.entries ?? [], hidden };
  }

  /** Puts an entry that only this group sees, whoever has one of that name. */
  putApart(key: ByteString, value: Value, expires: number | undefined): void {
    const there = this.common.entries.get(key);
    if (there !== undefined && this.#own?.entries.has(key) !== true) this.#cover(key, there);
    this.#watch();
    this.#ownLayer().put(key, value, expires, this.group.number, this.common.now);
  }

  #order(): ScanOrder {
    if (!this.#isPrivate()) return this.common.scan;
    this.#seen ??= createScanOrder(this.common.scanning, [
      ...this.common.order.filter((key) => this.#isShown(key)),
      ...(this.#own?.order ?? []),
    ]);
    this.#book();
    return this.#seen;
  }

  #isPrivate(): boolean {
    return this.#hidden > 0 || this.#own !== undefined;
  }

  #find(key: ByteString, now: number): Entry | undefined {
    if (!this.#watching) return this.common.find(key, now);
    const own = this.#own?.entries.get(key);
    if (own !== undefined) {
      const alive = this.#own?.find(key, now);
      if (alive === undefined) this.#uncover(key);
      return alive;
    }
    const entry = this.common.find(key, now);
    return entry === undefined || this.#isGone(key, entry) ? undefined : entry;
  }

  #visible(key: ByteString): Entry | undefined {
    const own = this.#own?.entries.get(key);
    if (own !== undefined) return own;
    const entry = this.common.entries.get(key);
    return entry === undefined || this.#isGone(key, entry) ? undefined : entry;
  }

  #isGone(key: ByteString, entry: Entry): boolean {
    return (
      (entry.owner !== this.group.number && entry.serial <= this.#flushed) ||
      (this.#gone.size > 0 && this.#gone.has(key))
    );
  }

  /** True for a key of the common layer that the group sees there. */
  #isShown(key: ByteString): boolean {
    const entry = this.common.entries.get(key);
    return entry !== undefined && !this.#isGone(key, entry) && this.#own?.entries.has(key) !== true;
  }

  #isHidden(key: ByteString): boolean {
    const entry = this.common.entries.get(key);
    return entry !== undefined && this.#isGone(key, entry) && this.#own?.entries.has(key) !== true;
  }

  #isForeign(key: ByteString, entry: Entry): boolean {
    return entry.owner !== this.group.number && this.#own?.entries.has(key) !== true;
  }

  #layerOf(key: ByteString): Layer {
    return this.#own?.entries.has(key) === true ? this.#own : this.common;
  }

  #ownLayer(): Layer {
    const { memory, scanning, onExpired, clock } = this.common;
    this.#own ??= new Layer(memory, scanning, onExpired, clock);
    return this.#own;
  }

  /** Makes an own copy of somebody else's entry. */
  #claim(key: ByteString, entry: Entry): Entry {
    this.#cover(key, entry);
    const own = this.#ownLayer();
    own.put(key, copyOf(entry.value), entry.expires, this.group.number, entry.used);
    return own.entries.get(key) ?? entry;
  }

  /** Somebody else's entry is about to stand behind an own one. */
  #cover(key: ByteString, entry: Entry): void {
    this.#watch();
    if (this.#isGone(key, entry)) {
      this.#hidden--;
      this.#seen?.add(ownedBytes(key));
    }
    this.#gone.delete(key);
    this.#shadowed++;
    this.#book();
  }

  /** An own entry is gone: what stands behind it must not come to light. */
  #uncover(key: ByteString): void {
    this.#seen?.remove(key);
    const behind = this.common.entries.get(key);
    if (behind !== undefined) {
      this.#shadowed--;
      this.#hidden++;
      if (behind.owner === this.group.number || behind.serial > this.#flushed)
        this.#gone.add(ownedBytes(key));
    }
    this.#book();
  }

  #hide(key: ByteString): void {
    this.#watch();
    this.#gone.add(ownedBytes(key));
    this.#seen?.remove(key);
    this.#hidden++;
    this.#book();
  }

  #book(): void {
    const { burden } = this;
    this.common.memory.burden += burden - this.#booked;
    this.#booked = burden;
  }

  #sweep(now: number): void {
    this.common.sweep(now);
    this.expireOwn(now);
  }

  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.common.watchers.add(this.#watcher);
  }

  readonly #watcher: LayerWatcher = {
    came: (key) => {
      if (this.#own?.entries.has(key) === true) this.#shadowed++;
      else this.#seen?.add(key);
      this.#book();
    },
    leaves: (key, entry) => {
      if (this.#own?.entries.has(key) === true) this.#shadowed--;
      else if (this.#isGone(key, entry)) {
        this.#hidden--;
        this.#gone.delete(key);
      } else this.#seen?.remove(key);
      this.#book();
    },
  };
}
