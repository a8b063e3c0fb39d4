import type { World } from './world.ts';
import { follow } from './world.ts';

/** How long a visitor can keep the others out. */
const LOCKED_MS = 1_800_000;
const LOCKS = ['requirepass', 'replica-read-only', 'slave-read-only'];

/**
 * Undoes what shuts later visitors out (a password, a master), as an administrator would some time after.
 * Otherwise the first worm that sets a password is the last that this sensor sees.
 */
export function heal(world: World): void {
  const { config, master, lockedSince, persona } = world;
  const locked = master !== undefined || LOCKS.some((name) => config.get(name) !== persona.config[name]);
  if (!locked) world.lockedSince = undefined;
  else if (lockedSince === undefined) world.lockedSince = world.clock.now();
  else if (world.clock.now() - lockedSince > LOCKED_MS) {
    for (const name of LOCKS) config.set(name, persona.config[name] ?? '');
    follow(world, undefined);
    world.lockedSince = undefined;
  }
}
