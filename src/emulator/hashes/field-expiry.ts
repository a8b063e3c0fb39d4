import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { touched } from '../command.ts';
import type { Keyspace } from '../keyspace.ts';
import { notify } from '../notify.ts';
import type { ValueOf } from '../value.ts';
import { memberBytes } from '../value.ts';
import { orderLoses } from '../value-order.ts';
import type { World } from '../world.ts';

/** A hash of which a field will be past its time. */
interface Due {
  slot: number;
  readonly key: ByteString;
  readonly db: Keyspace;
  readonly index: number;
}

/** Hashes with such fields, by key and by the tenth of a second in which to look at them. */
interface Schedule {
  readonly byKey: Map<Keyspace, Map<ByteString, Due>>;
  readonly slots: Map<number, Set<Due>>;
  count: number;
  /** Above so many, those that are not needed any more are looked for. */
  most: number;
  /** The last tenth of a second that was looked at. */
  done: number;
}

type Where = Pick<Call, 'world' | 'client' | 'now'>;

const SCHEDULES = new WeakMap<World, Schedule>();
const SLOT_MS = 100;
const FEW = 1_024;

/** Has the fields of a hash looked at when the first of them is past its time, `at`. */
export function schedule(
  { world, now }: Pick<Call, 'world' | 'now'>,
  { key, at, db, index }: { key: ByteString; at: number; db: Keyspace; index: number },
): void {
  let all = SCHEDULES.get(world);
  if (all === undefined) {
    all = { byKey: new Map(), slots: new Map(), count: 0, most: FEW, done: Math.floor(now / SLOT_MS) };
    SCHEDULES.set(world, all);
  }
  const slot = Math.max(all.done + 1, Math.ceil(at / SLOT_MS));
  const ofDb = all.byKey.get(db) ?? new Map<ByteString, Due>();
  const there = ofDb.get(key);
  if (there !== undefined && there.slot <= slot) return;
  if (there !== undefined) forget(all, there);
  const due: Due = { slot, key, db, index };
  ofDb.set(key, due);
  all.byKey.set(db, ofDb);
  all.slots.set(slot, (all.slots.get(slot) ?? new Set()).add(due));
  all.count++;
  if (all.count > all.most) clean(all, now);
}

function forget(all: Schedule, due: Due): void {
  const inSlot = all.slots.get(due.slot);
  if (inSlot?.delete(due) !== true) return;
  all.count--;
  if (inSlot.size === 0) all.slots.delete(due.slot);
  const ofDb = all.byKey.get(due.db);
  if (ofDb?.get(due.key) !== due) return;
  ofDb.delete(due.key);
  if (ofDb.size === 0) all.byKey.delete(due.db);
}

/** Forgets hashes that are gone. */
function clean(all: Schedule, now: number): void {
  for (const ofDb of all.byKey.values()) {
    for (const due of ofDb.values()) {
      const hash = due.db.get(due.key, now);
      if (hash?.type !== 'hash' || hash.expiries === undefined || hash.expiries.size === 0) forget(all, due);
    }
  }
  all.most = Math.max(FEW, 2 * all.count);
}

/** Removes all fields that are past their time, and hashes that lose their last one. Cheap when there is none. */
export function expireFields(where: Where): void {
  const all = SCHEDULES.get(where.world);
  if (all === undefined || all.count === 0) return;
  const until = Math.floor(where.now / SLOT_MS);
  if (until <= all.done) return;
  const past = [...all.slots.keys()].filter((slot) => slot <= until);
  all.done = until;
  for (const slot of past)
    for (const due of all.slots.get(slot) ?? []) {
      forget(all, due);
      const next = expireHash(where, due);
      if (next !== undefined) schedule(where, { ...due, at: next });
    }
}

/** Returns when the next field of it is due. */
export function expireHash(
  call: Where,
  { key, db, index }: Pick<Due, 'key' | 'db' | 'index'>,
): number | undefined {
  const hash = db.get(key, call.now);
  if (hash?.type !== 'hash' || hash.expiries === undefined) return undefined;
  const gone: ByteString[] = [];
  let next: number | undefined;
  for (const [field, at] of hash.expiries) {
    if (at <= call.now) gone.push(field);
    else if (next === undefined || at < next) next = at;
  }
  if (gone.length === 0) return next;
  const grown = removeFields(hash, gone);
  const empty = hash.fields.size === 0;
  db.changed(key, grown);
  const where = { ...call, argv: [], db, run: () => '', nested: true };
  touched(where, key, gone.length, index);
  notify(where, 'h', 'hexpired', key, index);
  if (empty) notify(where, 'g', 'del', key, index);
  return next;
}

/** Takes fields out of a hash; returns the (negative) growth. */
export function removeFields(hash: ValueOf<'hash'>, fields: readonly ByteString[]): number {
  let grown = 0;
  for (const field of fields) {
    const value = hash.fields.get(field);
    if (value === undefined) continue;
    hash.fields.delete(field);
    hash.expiries?.delete(field);
    orderLoses(hash.fields, field);
    grown -= memberBytes([field, value]);
  }
  return grown;
}
