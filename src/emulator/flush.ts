import type { ByteString } from '../model/bytes.ts';
import { OK } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { argument, changedVersion, fail, SYNTAX } from './command.ts';
import { invalidateElsewhere } from './tracking.ts';
import { since } from './version.ts';

/** FLUSHDB and FLUSHALL. The latter saves an empty file where there are `save` rules. */
export function flush(call: Call, all: boolean): ByteString {
  const { world } = call;
  const word = argument(call, 1).toLowerCase();
  const known = word === 'async' || (word === 'sync' && since(call, 6.2));
  if (call.argv.length > 2 || (call.argv.length === 2 && !known)) fail(SYNTAX);
  breakWatches(call, (db) => all || db === call.client.db);
  const databases = all ? world.databases : [call.db];
  const removed = databases.reduce((total, database) => total + database.size(call.now), 0);
  for (const database of databases) {
    invalidateElsewhere(world, call.client, database);
    database.clear();
  }
  const lazily = word === 'async' || (word === '' && world.config.get('lazyfree-lazy-user-flush') === 'yes');
  if (lazily) world.statistics.lazyFreed += removed;
  world.dirty += removed + (all ? 1 : 0);
  if (all && (world.config.get('save') ?? '') !== '') {
    world.lastSave = Math.trunc(call.now / 1_000);
    world.statistics.saves++;
  }
  return OK;
}

/** Breaks the transactions that watch a key which is there, in the databases that count. */
export function breakWatches({ world, now }: Call, counts: (db: number) => boolean): void {
  for (const [watched] of world.versions) {
    const bar = watched.indexOf('/');
    const [db, key] = [Number(watched.slice(0, bar)), watched.slice(bar + 1)];
    if (!counts(db)) continue;
    const database = world.databases[db];
    database?.size(now);
    if (database?.peek(key) !== undefined) changedVersion(world, db, key);
  }
}
