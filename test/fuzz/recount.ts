import { GroupKeyspace } from '../../src/emulator/keyspace.ts';
import type { Entry, Layer } from '../../src/emulator/layer.ts';
import { BURDEN, sizeOf } from '../../src/emulator/value.ts';
import type { View } from '../../src/emulator/views.ts';

const KEY_OVERHEAD = 72;

/** What is wrong with the books of memory, when all keys of these groups are counted again. */
export function recount(views: Iterable<View>): string[] {
  const wrong: string[] = [];
  const layers = new Map<Layer | GroupKeyspace, Iterable<[string, Entry]>>();
  let [bytes, burden] = [0, 0];
  for (const { own } of views) {
    for (const database of own.databases) {
      if (!(database instanceof GroupKeyspace)) continue;
      layers.set(database.common, database.common.entries);
      layers.set(database, database.apart().own);
      burden += database.burden;
    }
  }
  for (const entries of layers.values()) {
    for (const [key, entry] of entries) {
      bytes += entry.bytes;
      burden += BURDEN[entry.value.type];
      const counted = KEY_OVERHEAD + key.length + sizeOf(entry.value);
      if (entry.bytes < 0 || counted !== entry.bytes)
        wrong.push(
          `${entry.value.type} ${JSON.stringify(key.slice(0, 40))}: ${entry.bytes} booked, ${counted} counted`,
        );
    }
  }
  const [layer] = [...layers.keys()].filter((one) => !(one instanceof GroupKeyspace));
  const memory = layer instanceof GroupKeyspace ? undefined : layer?.memory;
  if (memory !== undefined && (memory.bytes !== bytes || memory.burden !== burden))
    wrong.push(`all: ${memory.bytes} + ${memory.burden} booked, ${bytes} + ${burden} counted`);
  return wrong;
}
