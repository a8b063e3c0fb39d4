import { isDefaultUserClosed, restoreDefaultUser } from './acl/acl.ts';
import type { World } from './world.ts';
import { follow } from './world.ts';

/** How long a visitor can keep the others out. */
const LOCKED_MS = 1_800_000;
const LOCKS = ['requirepass', 'replica-read-only', 'slave-read-only', 'maxclients', 'timeout'];

/**
 * Undoes what shuts later visitors out (a password, a master, a default user that may do nothing), as an administrator
 * would some time after. Otherwise the first worm that sets a password is the last that this sensor sees.
 */
export function heal(world: World): void {
  const { config, master, lockedSince, baseConfig } = world;
  const locked =
    master !== undefined ||
    LOCKS.some((name) => config.get(name) !== baseConfig.get(name)) ||
    isDefaultUserClosed(world);
  if (!locked) world.lockedSince = undefined;
  else if (lockedSince === undefined) world.lockedSince = world.clock.now();
  else if (world.clock.now() - lockedSince > LOCKED_MS) {
    for (const name of LOCKS) {
      const value = baseConfig.get(name);
      if (value !== undefined) config.set(name, value);
    }
    follow(world, undefined);
    restoreDefaultUser(world);
    world.lockedSince = undefined;
  }
}
