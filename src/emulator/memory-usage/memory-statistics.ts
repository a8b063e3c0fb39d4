import { memoryFigures } from '../info/memory-figures.ts';
import { recorded, tableSlots } from '../info/used-memory.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';

type MemoryStatistic = readonly [
  name: string,
  figure: number | { readonly ratio: number } | { readonly parts: Readonly<Record<string, number>> },
];

/** MEMORY STATS: the fields of the release, in its order. */
export function memoryStatistics(world: World): MemoryStatistic[] {
  const at = { world };
  const figures = memoryFigures(world);
  const { used, startup, overhead, clients, scripts, keys, dataset, allocated, active, resident, rss } =
    figures;
  const net = used - startup;
  const seven = since(at, 7);
  const newer = since(at, 8) || isValkey(at);
  const redis8 = since(at, 8) && !isValkey(at);
  const databases = figures.databases.map(
    ({ index, main, expires }): MemoryStatistic => [
      `db.${index}`,
      {
        parts: {
          'overhead.hashtable.main': main,
          'overhead.hashtable.expires': expires,
          ...(seven && !newer ? { 'overhead.hashtable.slot-to-keys': 0 } : {}),
        },
      },
    ],
  );
  const when = (holds: boolean, ...fields: MemoryStatistic[]): MemoryStatistic[] => (holds ? fields : []);
  const slots = figures.databases.reduce((total, one) => total + tableSlots(one.keys), 0);
  return [
    ['peak.allocated', figures.peak],
    ['total.allocated', used],
    ['startup.allocated', startup],
    ['replication.backlog', 0],
    ...when(redis8, ['replica.fullsync.buffer', 0]),
    ['clients.slaves', 0],
    ['clients.normal', clients],
    ...when(seven, ['cluster.links', 0]),
    ['aof.buffer', 0],
    ['lua.caches', scripts],
    ...when(seven, ['functions.caches', recorded(world.persona, 'used_memory_functions')]),
    ...when(redis8, ['script.VMs', recorded(world.persona, 'used_memory_vm_total')]),
    ...databases,
    ...when(
      newer,
      ['overhead.db.hashtable.lut', isValkey(at) ? 64 * Math.ceil(slots / 7) : 8 * slots],
      ['overhead.db.hashtable.rehashing', 0],
    ),
    ['overhead.total', overhead],
    ...when(newer, ['db.dict.rehashing.count', 0]),
    ['keys.count', keys],
    ['keys.bytes-per-key', keys === 0 ? 0 : Math.trunc(net / keys)],
    ['dataset.bytes', dataset],
    ['dataset.percentage', { ratio: single((100 * dataset) / net) }],
    ['peak.percentage', { ratio: single((100 * used) / figures.peak) }],
    ['allocator.allocated', allocated],
    ['allocator.active', active],
    ['allocator.resident', resident],
    ...when(newer, ['allocator.muzzy', 0]),
    ['allocator-fragmentation.ratio', { ratio: single(figures.fragmentedRatio) }],
    ['allocator-fragmentation.bytes', figures.fragmented],
    ['allocator-rss.ratio', { ratio: single(resident / active) }],
    ['allocator-rss.bytes', resident - active],
    ['rss-overhead.ratio', { ratio: single(rss / resident) }],
    ['rss-overhead.bytes', rss - resident],
    ['fragmentation', { ratio: single(rss / used) }],
    ['fragmentation.bytes', rss - used],
  ];
}

/** A ratio is a number of 32 bits, shown with the digits of one of 64. */
const single = (ratio: number): number => Math.fround(ratio);
