import type { ByteString } from '../model/bytes.ts';
import { changedVersion } from './command.ts';
import type { Keyspace } from './keyspace.ts';
import { notify } from './notify.ts';
import type { World } from './world.ts';

/** Keys that are evicted for one command. */
const MOST_AT_ONCE = 64;
/** Looks at keys of which only some may go. */
const LOOKS = 20;

/** Removes keys by `maxmemory-policy` until there is room, as long as that frees anything. */
export function makeRoom(world: World, enough: () => boolean): void {
  const policy = world.config.get('maxmemory-policy') ?? 'noeviction';
  if (policy === 'noeviction' || world.config.get('maxmemory') === '0') return;
  for (let count = 0; count < MOST_AT_ONCE && !enough(); count++) {
    const victim = choose(world, policy);
    if (victim === undefined) return;
    const before = world.memory.bytes;
    world.databases[victim.db]?.delete(victim.key, world.now);
    world.statistics.evicted++;
    changedVersion(world, victim.db, victim.key);
    notify({ world, client: victim }, 'e', 'evicted', victim.key);
    // What belongs to others is only hidden from who evicts it.
    if (world.memory.bytes >= before) return;
  }
}

interface Victim {
  readonly db: number;
  readonly key: ByteString;
  /** The least goes first. */
  readonly rank: number;
}

/** The best of a few random keys of each database, as the real server samples. */
function choose(world: World, policy: string): Victim | undefined {
  const samples = Math.min(64, Number(world.config.get('maxmemory-samples') ?? 5));
  let best: Victim | undefined;
  for (const [db, database] of world.databases.entries()) {
    if (database.size(world.now) === 0) continue;
    for (let look = 0, found = 0; look < LOOKS * samples && found < samples; look++) {
      const key = database.randomKey(world.random, world.now);
      const rank = key === undefined ? undefined : rankOf(world, database, key, policy);
      if (key === undefined || rank === undefined) continue;
      found++;
      if (best === undefined || rank < best.rank) best = { db, key, rank };
    }
  }
  return best;
}

function rankOf(world: World, database: Keyspace, key: ByteString, policy: string): number | undefined {
  const expires = database.expires(key);
  if (policy.startsWith('volatile-') && expires === undefined) return undefined;
  if (policy.endsWith('-random')) return world.random.below(1_000_000);
  if (policy === 'volatile-ttl') return expires;
  return database.usedAt(key) ?? 0;
}
