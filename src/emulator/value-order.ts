import type { ByteString } from '../model/bytes.ts';
import type { ScanOrder } from './scan-order.ts';
import { createScanOrder } from './scan-order.ts';
import { isValkey } from './version.ts';
import type { World } from './world.ts';

/** What holds the members of a collection. */
type Members = ReadonlyMap<ByteString, unknown> | ReadonlySet<ByteString>;

const ORDERS = new WeakMap<Members, ScanOrder>();
const SEEDS = new WeakMap<World, readonly [number, number]>();

/** Entries a bucket of a hash table of Valkey 8.1: seven places, of which on average 6.4 are filled. */
const VALKEY_LOAD = 6.4;

/**
 * The order in which a hash table has these members: made when somebody asks for it, kept up by `orderGains` and
 * `orderLoses` from then on.
 */
export function orderOf(world: World, members: Members): ScanOrder {
  const there = ORDERS.get(members);
  if (there?.size === members.size) return there;
  const order = newScanOrder(world, members.keys());
  ORDERS.set(members, order);
  return order;
}

/** An empty order, or one of these names, with the world's secret. */
export function newScanOrder(world: World, names?: Iterable<ByteString>): ScanOrder {
  let seed = SEEDS.get(world);
  if (seed === undefined) {
    seed = [world.random.below(2 ** 32), world.random.below(2 ** 32)];
    SEEDS.set(world, seed);
  }
  return createScanOrder({ seed, load: isValkey({ world }) ? VALKEY_LOAD : 1 }, names);
}

export function orderGains(members: Members, name: ByteString): void {
  ORDERS.get(members)?.add(name);
}

export function orderLoses(members: Members, name: ByteString): void {
  ORDERS.get(members)?.remove(name);
}
