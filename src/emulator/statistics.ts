import type { World } from './world.ts';

/** CONFIG RESETSTAT. */
export function resetStatistics({ statistics, commands }: World): void {
  statistics.connections = 0;
  statistics.rejected = 0;
  statistics.commands = 0;
  statistics.bytesIn = 0;
  statistics.bytesOut = 0;
  statistics.reads = 0;
  statistics.writes = 0;
  statistics.hits = 0;
  statistics.misses = 0;
  statistics.errors = 0;
  for (const command of commands.values()) {
    command.calls = 0;
    command.usec = 0;
  }
}
