import { z } from 'zod';
import type { ByteString } from '../model/bytes.ts';
import { GroupKeyspace } from './keyspace.ts';
import type { Entry } from './layer.ts';
import { MEMORY_CEILING } from './memory-limit.ts';
import { dumpValue, restoreValue } from './rdb/dump.ts';
import type { RdbStyle } from './rdb/style.ts';
import { rdbStyle } from './rdb/style.ts';
import type { View } from './views.ts';
import { restoreView } from './views.ts';
import type { World } from './world.ts';

/**
 * What outlives a restart: keys, and which group sees which. As of a real server that starts again from its RDB file,
 * settings, users, scripts and modules are gone. One JSON object a line.
 */
const Line = z.union([
  z.strictObject({ format: z.literal(1), nextGroup: z.number().int().nonnegative() }),
  z.strictObject({ group: z.string().max(64), number: z.number().int(), seen: z.number() }),
  z.strictObject({
    db: z.number().int().nonnegative(),
    key: z.string(),
    /** Milliseconds since 1970 UTC. */
    expires: z.number().optional(),
    owner: z.number().int(),
    /** True when its owner alone sees it. */
    apart: z.boolean(),
    /** As DUMP gives it, in base64. */
    dump: z.base64(),
  }),
  z.strictObject({ db: z.number().int().nonnegative(), hidden: z.array(z.string()), from: z.number().int() }),
]);
type Line = z.infer<typeof Line>;

/** Longer values are not kept: nobody lures with them, and each costs a multiple of itself while it is written. */
const LONGEST_VALUE = 2_097_152;
/** What a value that is read back may cost. */
const BUDGET = 4 * LONGEST_VALUE;
const NAMES_A_LINE = 1_000;

/** Walks the world while it goes on living: each key is told as it is when its turn comes. */
export function* saveWorld(world: World): Iterable<string> {
  const style = rdbStyle(world);
  const views = [...world.views.values()];
  yield JSON.stringify({ format: 1, nextGroup: world.nextGroup } satisfies Line);
  for (const { name, group, seen } of views) {
    yield JSON.stringify({ group: name, number: group.number, seen } satisfies Line);
  }
  for (const [db, common] of world.commons.entries()) {
    for (const [key, entry] of common.entries) yield* lineOf(db, key, entry, false, style);
  }
  for (const view of views) {
    const databases = world.view === view ? world.databases : view.own.databases;
    for (const [db, database] of databases.entries()) {
      if (!(database instanceof GroupKeyspace)) continue;
      const { own, hidden } = database.apart();
      for (const [key, entry] of own) yield* lineOf(db, key, entry, true, style);
      for (let at = 0; at < hidden.length; at += NAMES_A_LINE) {
        const names = hidden.slice(at, at + NAMES_A_LINE);
        yield JSON.stringify({ db, hidden: names, from: view.group.number } satisfies Line);
      }
    }
  }
}

function* lineOf(
  db: number,
  key: ByteString,
  entry: Entry,
  apart: boolean,
  style: RdbStyle,
): Iterable<string> {
  if (entry.bytes > LONGEST_VALUE) return;
  const { expires, owner } = entry;
  const dump = Buffer.from(dumpValue(entry.value, style), 'latin1').toString('base64');
  yield JSON.stringify({
    db,
    key,
    ...(expires === undefined ? {} : { expires }),
    owner,
    apart,
    dump,
  } satisfies Line);
}

/** Takes the lines of `saveWorld` into a world that nobody has visited yet; returns how many could not be read. */
export function restoreWorld(world: World, lines: readonly string[]): number {
  const views = new Map<number, View>();
  let unread = 0;
  for (const text of lines) {
    const line = Line.safeParse(parsed(text));
    if (!line.success || !restore(world, views, line.data)) unread++;
  }
  return unread;
}

/** False when the line fits nothing that came before it. */
function restore(world: World, views: Map<number, View>, line: Line): boolean {
  const now = world.clock.now();
  if ('format' in line) {
    world.nextGroup = Math.max(world.nextGroup, line.nextGroup);
    return true;
  }
  if ('group' in line) {
    if (line.number < 1) return false;
    views.set(line.number, restoreView(world, line.group, line.number, line.seen));
    world.nextGroup = Math.max(world.nextGroup, line.number + 1);
    return true;
  }
  const apart = views.get('hidden' in line ? line.from : line.owner)?.own.databases[line.db];
  if ('hidden' in line) {
    for (const key of line.hidden) apart?.delete(key, now);
    return apart !== undefined;
  }
  if (line.expires !== undefined && line.expires <= now) return true;
  if (world.memory.bytes > MEMORY_CEILING) return false;
  const value = restoreValue(Buffer.from(line.dump, 'base64').toString('latin1'), BUDGET);
  if (!('type' in value)) return false;
  if (!line.apart) world.commons[line.db]?.put(line.key, value, line.expires, line.owner, now);
  else if (apart instanceof GroupKeyspace) apart.putApart(line.key, value, line.expires);
  else return false;
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
