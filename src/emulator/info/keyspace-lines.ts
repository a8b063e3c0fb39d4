import type { Keyspace } from '../keyspace.ts';
import type { Value, ValueType } from '../value.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';

/** Keys that are looked at one by one; of a larger database the first ones. */
const MOST_LOOKED_AT = 20_000;

function* values(database: Keyspace, now: number): Iterable<Value> {
  for (const key of database.keys(now).slice(0, MOST_LOOKED_AT)) {
    const value = database.peek(key);
    if (value !== undefined) yield value;
  }
}

export function keyspaceLines(world: World): string[] {
  const now = world.clock.now();
  const counted = since({ world }, 7.4) && !isValkey({ world });
  return world.databases.flatMap((database, index) => {
    const keys = database.size(now);
    if (keys === 0) return [];
    const { count, meanTtl } = database.expiring(now);
    const line = `db${index}:keys=${keys},expires=${count},avg_ttl=${meanTtl}`;
    return [counted ? `${line},subexpiry=${timedHashes(database, now)}` : line];
  });
}

function timedHashes(database: Keyspace, now: number): number {
  let total = 0;
  for (const value of values(database, now))
    if (value.type === 'hash' && value.expiries !== undefined && value.expiries.size > 0) total++;
  return total;
}

const KINDS: readonly (readonly [type: ValueType, title: string])[] = [
  ['string', 'strings_sizes'],
  ['list', 'lists_items'],
  ['set', 'sets_items'],
  ['zset', 'zsets_items'],
  ['hash', 'hashes_items'],
];

/** How many values there are of each size, by powers of two. */
export function sizeLines(world: World): string[] {
  const now = world.clock.now();
  return world.databases.flatMap((database, index) => {
    const bins = new Map<ValueType, Map<number, number>>();
    for (const value of values(database, now)) {
      const of = bins.get(value.type) ?? new Map<number, number>();
      bins.set(value.type, of);
      const size = sizeOf(value);
      const bin = size === 0 ? 0 : 2 ** Math.floor(Math.log2(size));
      of.set(bin, (of.get(bin) ?? 0) + 1);
    }
    return KINDS.flatMap(([type, title]) => {
      const of = bins.get(type);
      if (of === undefined) return [];
      const told = [...of]
        .toSorted(([one], [other]) => one - other)
        .map(([bin, count]) => `${shortNumber(bin)}=${count}`);
      return [`db${index}_distrib_${title}:${told.join(',')}`];
    });
  });
}

function sizeOf(value: Value): number {
  switch (value.type) {
    case 'string':
      return value.text.length;
    case 'list':
      return value.items.length;
    case 'set':
      return value.members.size;
    case 'hash':
      return value.fields.size;
    case 'zset':
      return value.scores.byMember.size;
    case 'stream':
    case 'vectorset':
      return 0;
  }
}

function shortNumber(value: number): string {
  const step = value === 0 ? 0 : Math.min(4, Math.trunc(Math.log2(value) / 10));
  return `${value / 1_024 ** step}${['', 'K', 'M', 'G', 'T'][step]}`;
}
