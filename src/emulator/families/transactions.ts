import { errorReply, OK } from '../../wire/resp-reply.ts';
import { fail, watchKey } from '../command.ts';
import type { Call, Family } from '../command.ts';

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
    endTransaction(call);
    return OK;
  },
  watch: (call) => {
    if (call.client.queue !== undefined) fail('ERR WATCH inside MULTI is not allowed');
    for (const key of call.argv.slice(1)) {
      const watched = watchKey(call.client.db, key);
      if (call.client.watched.size >= MOST_WATCHED) break;
      // Forgetting versions breaks transactions that wait; keeping them for ever would be an attacker's memory.
      if (call.world.versions.size >= 10 * MOST_WATCHED) call.world.versions.clear();
      const version = call.world.versions.get(watched) ?? 0;
      call.world.versions.set(watched, version);
      call.client.watched.set(watched, version);
    }
    return OK;
  },
  unwatch: (call) => {
    call.client.watched.clear();
    return OK;
  },
};

const MOST_WATCHED = 10_000;

export function endTransaction({ client }: Call): void {
  client.queue = undefined;
  client.poisoned = false;
  client.watched.clear();
}

/** True when a watched key has changed since WATCH. */
export function watchBroken({ client, world }: Call): boolean {
  for (const [key, version] of client.watched) {
    if (world.versions.get(key) !== version) return true;
  }
  return false;
}

