import { resetStatistics } from './statistics.ts';
import { freshState } from './views.ts';
import type { World } from './world.ts';

/** What a process of a busy machine may be numbered after the last one. */
const NEXT_PIDS = 300;

/**
 * The server has gone and systemd has brought it back: another process, with its keys from the last RDB file and its
 * settings from the configuration file. The connections of the visitor's group end; to the others it is as if they had
 * not been asked anything in between.
 */
export function restart(world: World): void {
  const { view, databases, clock, random } = world;
  for (const client of world.clients.values()) if (client.view === view) client.link.close();
  world.master?.leave();
  Object.assign(world, freshState(world, view.group), { databases });
  world.runId = random.hex(20);
  world.pid += 1 + random.below(NEXT_PIDS);
  world.started = clock.now();
  world.lastSave = Math.trunc(world.started / 1_000);
  world.dirty = 0;
  world.loadedKeys = databases.reduce((total, database) => total + database.size(world.started), 0);
  resetStatistics(world);
}
