import type { ByteString } from '../model/bytes.ts';
import { notify } from './notify.ts';
import { feedExpired } from './replication/feed.ts';
import { invalidate } from './tracking.ts';
import type { World } from './world.ts';

/** How often keys are looked for whose time is over, whether anyone asks for them or not: `hz` times a second. */
export const EXPIRE_MS = 100;

/** Tells who wants to know that a key's time was over: listeners, replicas, clients that track it. */
export function keyExpired(world: World, db: number, key: ByteString): void {
  notify({ world, client: { db } }, 'x', 'expired', key);
  feedExpired(world, db, key);
  invalidate(world, undefined, key);
}

/** Removes what is past its time. */
export function expireKeys(world: World): void {
  const now = world.clock.now();
  for (const layer of world.commons) layer.sweep(now);
}
