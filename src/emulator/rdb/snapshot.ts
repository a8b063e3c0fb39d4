import type { ByteString } from '../../model/bytes.ts';
import type { World } from '../world.ts';
import type { RdbContent } from './read-rdb.ts';
import { readRdb } from './read-rdb.ts';
import { writeRdb } from './write-rdb.ts';

/** What the group that has its turn sees, as the RDB file a real server of this persona would save. */
export function snapshot(world: World): ByteString {
  return writeRdb(world);
}

/**
 * Puts the keys of an RDB into the databases, over those of the same name; keys past their time and databases that are
 * not there are left out. What could be read before a fault is loaded, as the fault tells. Functions are not loaded.
 */
export function load(world: World, bytes: Buffer, budget: number): RdbContent {
  const content = readRdb(bytes, budget);
  const now = world.clock.now();
  for (const { db, key, value, expires } of content.entries) {
    if (expires === undefined || expires > now) world.databases[db]?.set(key, value, expires);
  }
  return content;
}
