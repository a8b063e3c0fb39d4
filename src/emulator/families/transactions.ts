import { ownedBytes } from '../../model/bytes.ts';
import { errorReply, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { fail, hold, watchKey } from '../command.ts';
import type { ClientState, World } from '../world.ts';

/** EXEC itself is the dispatcher's: only it can run the queue. */
export const transactions: Family = {
  multi: (call) => {
    if (call.client.queue !== undefined) fail('ERR MULTI calls can not be nested');
    call.client.queue = [];
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
    for (const key of call.argv.slice(1)) {
      const watched = ownedBytes(watchKey(call.client.db, key));
      if (call.client.watched.size >= MOST_WATCHED) break;
      // Forgetting versions breaks transactions that wait; keeping them for ever would be an attacker's memory.
      if (call.world.versions.size >= 10 * MOST_WATCHED) call.world.versions.clear();
      const version = call.world.versions.get(watched) ?? 0;
      call.world.versions.set(watched, version);
      if (!call.client.watched.has(watched)) hold(call.world, call.client, heldBy(watched));
      call.client.watched.set(watched, version);
    }
    return OK;
  },
  unwatch: (call) => {
    unwatch(call.world, call.client);
    return OK;
  },
};

const MOST_WATCHED = 10_000;

const heldBy = (text: string): number => text.length + 64;

function unwatch(world: World, client: ClientState): void {
  for (const watched of client.watched.keys()) hold(world, client, -heldBy(watched));
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

/** True when a watched key has changed since WATCH. */
export function watchBroken({ client, world }: Call): boolean {
  for (const [key, version] of client.watched) {
    if (world.versions.get(key) !== version) return true;
  }
  return false;
}
