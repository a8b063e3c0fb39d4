import { tableSlots } from '../info/used-memory.ts';
import { keyedHash } from '../keyed-hash.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';

const MOST_NAMES = 20_000;
const BUCKET = 7;

/** DEBUG HTSTATS of one hash table: how its chains are distributed. */
export function tableFigures(world: World, names: readonly string[], full: boolean): string {
  const at = { world };
  const terse = (since(at, 8) || isValkey(at)) && !full;
  if (names.length === 0) {
    if (since(at, 8) || isValkey(at)) return '';
    const head = since(at, 7) ? 'Hash table 0 stats (main hash table):\n' : '';
    return `${head}No stats available for empty dictionaries\n`;
  }
  if (isValkey(at)) return valkeyFigures(names.length, full);
  const size = tableSlots(names.length);
  const head = `Hash table 0 stats (main hash table):\n table size: ${size}\n number of elements: ${names.length}\n`;
  return terse ? head : `${head}${chains(world, names.slice(0, MOST_NAMES), size)}`;
}

function valkeyFigures(size: number, full: boolean): string {
  let buckets = 1;
  while (buckets * BUCKET < size) buckets *= 2;
  const head = `Hash table 0 stats (main hash table):\n table size: ${buckets * BUCKET}\n number of entries: ${size}\n`;
  if (!full) return head;
  return `${head} top-level buckets: ${buckets}\n child buckets: 0\n max chain length: 0\n avg chain length: 0.00\n chain length distribution:\n   0: ${buckets} (100.00%)\n`;
}

function chains(world: World, names: readonly string[], size: number): string {
  const hash = keyedHash([world.pid, world.pid ^ 0x5bd1e995]);
  const lengths = new Map<number, number>();
  for (const name of names) {
    const bucket = hash(name) & (size - 1);
    lengths.set(bucket, (lengths.get(bucket) ?? 0) + 1);
  }
  const counts = new Map<number, number>([[0, size - lengths.size]]);
  for (const length of lengths.values()) counts.set(length, (counts.get(length) ?? 0) + 1);
  const mean = (names.length / lengths.size).toFixed(2);
  const rows = [...counts]
    .filter(([, count]) => count > 0)
    .toSorted(([one], [other]) => one - other)
    .map(([length, count]) => `   ${length}: ${count} (${((100 * count) / size).toFixed(2)}%)\n`);
  return ` different slots: ${lengths.size}\n max chain length: ${Math.max(...lengths.values())}\n avg chain length (counted): ${mean}\n avg chain length (computed): ${mean}\n Chain length distribution:\n${rows.join('')}`;
}
