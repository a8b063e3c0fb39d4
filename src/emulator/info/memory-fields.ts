import type { World } from '../world.ts';
import { humanBytes } from './human-bytes.ts';
import { memoryFigures, unsigned } from './memory-figures.ts';
import { recorded } from './used-memory.ts';

type Fields = Record<string, string | number>;

/** The fields of INFO memory that move. */
export function memoryFields(world: World): Fields {
  const figures = memoryFigures(world);
  const { used, peak, startup, overhead, dataset, allocated, active, resident, rss } = figures;
  const limit = Number(world.config.get('maxmemory') ?? 0);
  const net = used - startup;
  const share = dataset < 0 ? (100 * (2 ** 64 + dataset)) / net : (100 * dataset) / net;
  return {
    used_memory: used,
    used_memory_human: humanBytes(used),
    used_memory_rss: rss,
    used_memory_rss_human: humanBytes(rss),
    used_memory_peak: peak,
    used_memory_peak_human: humanBytes(peak),
    used_memory_peak_perc: `${((100 * used) / peak).toFixed(2)}%`,
    used_memory_overhead: overhead,
    used_memory_dataset: unsigned(dataset),
    used_memory_dataset_perc: `${share.toFixed(2)}%`,
    allocator_allocated: allocated,
    allocator_active: active,
    allocator_resident: resident,
    maxmemory: world.config.get('maxmemory') ?? '0',
    maxmemory_human: humanBytes(limit),
    maxmemory_policy: world.config.get('maxmemory-policy') ?? 'noeviction',
    allocator_frag_ratio: figures.fragmentedRatio.toFixed(2),
    allocator_frag_bytes: figures.fragmented,
    allocator_rss_ratio: (resident / active).toFixed(2),
    allocator_rss_bytes: resident - active,
    rss_overhead_ratio: (rss / resident).toFixed(2),
    rss_overhead_bytes: rss - resident,
    mem_fragmentation_ratio: (rss / used).toFixed(2),
    mem_fragmentation_bytes: rss - used,
    mem_clients_normal: figures.clients,
    number_of_cached_scripts: world.scripts.size,
    used_memory_scripts_eval: figures.scripts,
    ...scriptTotals(world, figures.scripts),
    lazyfreed_objects: world.statistics.lazyFreed,
  };
}

/** Cached scripts and functions together. */
function scriptTotals(world: World, scripts: number): Fields {
  const total = recorded(world.persona, 'used_memory_functions') + scripts;
  return { used_memory_scripts: total, used_memory_scripts_human: humanBytes(total) };
}
