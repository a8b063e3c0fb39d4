import type { Random } from '../../platform/random.ts';
import type { World } from '../world.ts';
import type { Bait } from './bait.ts';
import { createBuilder, slugFor } from './builder.ts';
import { ALWAYS, SOMETIMES } from './schemas.ts';

/**
 * The keys of one sensor: a few hundred, as applications leave them. Names, values, sizes and times depend on the
 * sensor's randomness, so that what one sensor holds finds no other one, and no word in it says what it is for.
 */
export function createBait(random: Random, now: number): Bait {
  const slug = slugFor(random);
  const main = createBuilder(random, now, 0, slug);
  for (const schema of ALWAYS) schema(main.builder);
  const side = createBuilder(random, now, 1, slug);
  const skipped = random.below(SOMETIMES.length + 1);
  for (const [at, schema] of SOMETIMES.entries()) {
    if (at !== skipped) schema(random.below(3) === 0 ? side.builder : main.builder);
  }
  return { keys: [...main.keys, ...side.keys], tokens: [...main.tokens, ...side.tokens] };
}

/** Puts a bait into a world that nobody has visited yet: it is nobody's, so nobody can take it from others. */
export function layBait(world: World, bait: Bait): void {
  const now = world.clock.now();
  for (const { db, key, value, ttl } of bait.keys) {
    world.commons[db]?.put(key, value, ttl === undefined ? undefined : now + ttl, 0, now);
  }
}
