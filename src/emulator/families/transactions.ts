import { ownedBytes } from '../../model/bytes.ts';
import { errorReply, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { fail, hold, watchKey } from '../command.ts';
import { mayHold } from '../may-hold.ts';
import type { ClientState, World } from '../world.ts';

/** EXEC itself is the dispatcher's: only it can run the queue. */
export const transactions: Family = {
  multi: (call) => {
    if (call.client.queue !== undefined) fail('ERR MULTI calls can not be nested');
    call.client.queue = [];
    call.client.transacted = true;
    call.client.poisoned = false;
    return OK;
  },
  discard: (call) => {
    if (call.client.queue === undefined) return errorReply('ERR DISCARD without MULTI');
    endTransaction(call.world, call.client);
    return OK;
  },
  watch: (call) => {
    if (call.client.queue !== undefined) fail('ERR WATCH inside MULTI is not allowed');
    const keys = call.argv.slice(1);
    mayHold(
      call,
      keys.reduce((total, key) => total + heldBy(watchKey(call.client.db, key)), 0),
    );
    call.client.transacted = true;
    for (const key of keys) watch(call, key);
    return OK;
  },
  unwatch: (call) => {
    unwatch(call.world, call.client);
    return OK;
  },
};

const MOST_WATCHED = 10_000;

const heldBy = (text: string): number => text.length + 64;

function watch({ world, client, db, now }: Call, key: string): void {
  const watched = ownedBytes(watchKey(client.db, key));
  if (client.watched.has(watched) || client.watched.size >= MOST_WATCHED) return;
  const known = world.versions.get(watched) ?? { changes: 0, watchers: 0 };
  known.watchers++;
  world.versions.set(watched, known);
  client.watched.set(watched, { changes: known.changes, there: db.get(key, now) !== undefined });
  hold(world, client, heldBy(watched));
}

export function unwatch(world: World, client: ClientState): void {
  for (const watched of client.watched.keys()) {
    hold(world, client, -heldBy(watched));
    const known = world.versions.get(watched);
    if (known !== undefined && --known.watchers <= 0) world.versions.delete(watched);
  }
  client.watched.clear();
}

export function endTransaction(world: World, client: ClientState): void {
  for (const words of client.queue ?? []) hold(world, client, -queuedBytes(words));
  client.queue = undefined;
  client.poisoned = false;
  unwatch(world, client);
}

/** What a queued command costs until EXEC. */
export function queuedBytes(words: readonly string[]): number {
  return words.reduce((total, word) => total + word.length + 32, 64);
}

/** True when a watched key has changed since WATCH; one that was there and is not has run out of time. */
export function watchBroken({ client, world, now }: Pick<Call, 'client' | 'world' | 'now'>): boolean {
  for (const [watched, { changes, there }] of client.watched) {
    if (world.versions.get(watched)?.changes !== changes) return true;
    const bar = watched.indexOf('/');
    const database = world.databases[Number(watched.slice(0, bar))];
    if (there && database?.get(watched.slice(bar + 1), now) === undefined) return true;
  }
  return false;
}
