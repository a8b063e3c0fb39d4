import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';
import { clientBytes, recorded, reportedMemory, scriptBytes, tableBytes } from './used-memory.ts';

interface MemoryFigures {
  readonly used: number;
  readonly peak: number;
  readonly startup: number;
  readonly overhead: number;
  /** Less than nothing when a release counts more overhead than it uses: it shows that as a number without sign. */
  readonly dataset: number;
  readonly clients: number;
  readonly scripts: number;
  readonly databases: readonly {
    readonly index: number;
    readonly keys: number;
    readonly main: number;
    readonly expires: number;
  }[];
  readonly keys: number;
  readonly allocated: number;
  readonly active: number;
  readonly resident: number;
  readonly rss: number;
  readonly fragmented: number;
  readonly fragmentedRatio: number;
}

const PAGE = 4_096;
const pages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE;

/** All figures about memory at this moment; sums and ratios agree with each other. */
export function memoryFigures(world: World): MemoryFigures {
  const { persona, clock, statistics } = world;
  const was = (name: string): number => recorded(persona, name);
  const used = reportedMemory(world);
  const startup = was('used_memory_startup');
  const clients = clientBytes(world);
  const scripts = scriptBytes(world);
  const now = clock.now();
  const databases = world.databases.flatMap((database, index) => {
    const keys = database.size(now);
    if (keys === 0) return [];
    return [{ index, keys, ...tableBytes(world, keys, database.expiring(now).count) }];
  });
  const tables = databases.reduce((total, { main, expires }) => total + main + expires, 0);
  const overhead = was('used_memory_overhead') + clients + scripts + tables;
  // The heap in whole pages, and what the program itself maps, in the proportions of the recorded server.
  const grown = used - was('used_memory');
  const touched = Math.max(0, grown - world.promised);
  const allocated = was('allocator_allocated') + grown;
  const active = pages(was('allocator_active') + grown * 1.02);
  const resident = active + was('allocator_resident') - was('allocator_active');
  const rss = pages(was('used_memory_rss') + touched * 1.05);
  const fragmented = isValkey({ world })
    ? 0
    : since({ world }, 8)
      ? was('allocator_frag_bytes')
      : active - allocated;
  return {
    used,
    peak: statistics.peak,
    startup,
    overhead,
    dataset: used - overhead,
    clients,
    scripts,
    databases,
    keys: databases.reduce((total, { keys }) => total + keys, 0),
    allocated,
    active,
    resident,
    rss,
    fragmented,
    fragmentedRatio: 1 + fragmented / allocated,
  };
}

const UNSIGNED = 18_446_744_073_709_551_616n;

/** A size as C prints it that has no negative ones. */
export function unsigned(bytes: number): string {
  return bytes < 0 ? String(UNSIGNED + BigInt(bytes)) : String(bytes);
}
