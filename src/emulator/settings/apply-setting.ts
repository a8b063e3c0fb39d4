import { makeRoom } from '../evict.ts';
import { usedMemory } from '../info.ts';
import { memoryLimit } from '../memory-limit.ts';
import { noteReceivedFile } from '../received-files.ts';
import { adjustLogs } from '../slow-log.ts';
import type { World } from '../world.ts';

/** Lets a setting take effect that something else than `config` knows of. */
export function applySetting(world: World, name: string): void {
  switch (name) {
    case 'maxmemory':
      world.memoryLimit = memoryLimit(world.config);
      makeRoom(world, () => usedMemory(world) <= world.memoryLimit);
      break;
    case 'dir':
    case 'dbfilename':
      noteReceivedFile(world);
      break;
    case 'requirepass':
      if (world.config.get('requirepass') !== '') break;
      for (const one of world.clients.values()) if (one.view === world.view) one.authenticated = true;
      break;
    default:
      if (name.startsWith('slowlog-') || name.startsWith('commandlog-')) adjustLogs(world);
  }
}
