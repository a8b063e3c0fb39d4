import { memoryFigures } from '../info/memory-figures.ts';
import type { World } from '../world.ts';

const CLASSES = [
  8, 16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1_024,
];
const PAGE = 4_096;
const METADATA = 2_413_056;

/** MEMORY MALLOC-STATS: figures in the manner of jemalloc, shorter than its own report. */
export function allocatorText(world: World): string {
  const { allocated, active, resident } = memoryFigures(world);
  const version = text(world, 'mem_allocator').replace('jemalloc-', '');
  const bins = CLASSES.map((size, at) => bin(size, at, allocated));
  return [
    '___ Begin jemalloc statistics ___',
    `Version: "${version}-0-g${'0'.repeat(40)}"`,
    'Build-time option settings',
    '  config.cache_oblivious: true',
    '  config.debug: false',
    '  config.fill: true',
    '  config.prof: true',
    '  config.stats: true',
    '  config.utrace: false',
    'Run-time option settings',
    '  opt.abort: false',
    '  opt.background_thread: false',
    '  opt.narenas: 8',
    '  opt.dirty_decay_ms: 10000',
    '  opt.muzzy_decay_ms: 0',
    'Arenas: 8',
    `Quantum size: 16`,
    `Page size: ${PAGE}`,
    `Maximum thread-cached size class: 32768`,
    `Allocated: ${allocated}, active: ${active}, metadata: ${METADATA} (n_thp 0), resident: ${resident}, mapped: ${resident + 2_097_152}, retained: 2097152`,
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
