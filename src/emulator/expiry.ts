import type { ByteString } from '../model/bytes.ts';
import { GroupKeyspace } from './keyspace.ts';
import { notify } from './notify.ts';
import { feedExpired } from './replication/feed.ts';
import { invalidate } from './tracking.ts';
import type { View } from './views.ts';
import { enter } from './views.ts';
import type { World } from './world.ts';

/** How often keys are looked for whose time is over, whether anyone asks for them or not: `hz` times a second. */
export const EXPIRE_MS = 100;
/** Keys that one look may remove: the rest waits for the next one. */
const MOST_KEYS = 5_000;

/** Tells who wants to know that a key's time was over: listeners, replicas, clients that track it, of every group. */
export function keyExpired(world: World, db: number, key: ByteString): void {
  const { view } = world;
  for (const one of interested(world)) {
    enter(world, one);
    notify({ world, client: { db } }, 'x', 'expired', key);
    feedExpired(world, db, key);
  }
  enter(world, view);
  if (world.tracking.active) invalidate(world, undefined, key, db);
}

/** Groups with somebody there who may hear of it. */
function interested(world: World): View[] {
  return [...world.views.values()].filter((view) => {
    if (view.clients === 0) return false;
    const { config } = view === world.view ? world : view.own;
    return (config.get('notify-keyspace-events') ?? '') !== '' || world.streams.size > 0;
  });
}

/** Removes what is past its time, some thousand keys at most. */
export function expireKeys(world: World): void {
  const now = world.clock.now();
  let left = MOST_KEYS;
  for (const layer of world.commons) {
    for (const key of layer.expiredBy(now)) {
      layer.find(key, now);
      if (--left <= 0) return;
    }
  }
  for (const view of world.views.values()) {
    if (view.clients === 0) continue;
    const { databases } = view === world.view ? world : view.own;
    for (const database of databases) if (database instanceof GroupKeyspace) database.expireOwn(now);
  }
}
