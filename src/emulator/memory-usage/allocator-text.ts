import { join } from 'node:path';
import { z } from 'zod';
import { packagedText } from '../../platform/files.ts';
import { memoryFigures } from '../info/memory-figures.ts';
import type { World } from '../world.ts';

const CLASSES = [
  8, 16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1_024,
];
const PAGE = 4_096;
const METADATA = 2_413_056;

const AllocatorSettings = z.record(z.string(), z.array(z.string()));

/**
 * By version of jemalloc: the beginning of its report, which tells its build and options. From Debian's servers on two
 * cores; jemalloc is under the 2-clause BSD licence (see NOTICE).
 */
const settings = new Map(
  Object.entries(AllocatorSettings.parse(JSON.parse(packagedText(join('data', 'allocator-settings.json'))))),
);
const NEWEST = '5.3.0';

/** MEMORY MALLOC-STATS: figures in the manner of jemalloc, shorter than its own report. */
export function allocatorText(world: World): string {
  const { allocated, active, resident } = memoryFigures(world);
  const version = text(world, 'mem_allocator').replace('jemalloc-', '');
  const bins = CLASSES.map((size, at) => bin(size, at, allocated));
  return [
    ...(settings.get(version) ?? settings.get(NEWEST) ?? []),
    `Allocated: ${allocated}, active: ${active}, metadata: ${METADATA} (n_thp 0), resident: ${resident}, mapped: ${resident + 2_097_152}, retained: 2097152`,
    'Background threads: 1, num_runs: 2, run_interval: 0 ns',
    'bins:           size ind    allocated      nmalloc      curregs     curslabs   regs pgs',
    ...bins,
    '--- End jemalloc statistics ---',
    '',
  ].join('\n');
}

function bin(size: number, at: number, allocated: number): string {
  const regions = Math.trunc(allocated / (CLASSES.length * 2) / size);
  const held = (PAGE * (1 + (at % 5))) / size;
  const figures = [
    size,
    at,
    regions * size,
    regions * 2,
    regions,
    Math.ceil(regions / held),
    Math.trunc(held),
    1 + (at % 5),
  ];
  return `           ${figures.map((figure) => String(figure).padStart(9)).join(' ')}`;
}

function text(world: World, name: string): string {
  for (const { fields } of world.persona.sections)
    for (const [field, value] of fields) if (field === name) return value;
  return '';
}
