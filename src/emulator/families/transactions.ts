import { errorReply, OK } from '../../wire/resp-reply.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { fail, hold, watchKey } from '../command.ts';
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
      const watched = ownedBytes(watchKey(call.client.db, key));
      if (call.client.watched.size >= MOST_WATCHED) break;
      // Forgetting versions breaks transactions that wait; keeping them for ever would be an attacker's memory.
      if (call.world.versions.size >= 10 * MOST_WATCHED) call.world.versions.clear();
      const version = call.world.versions.get(watched) ?? 0;
      call.world.versions.set(watched, version);
      if (!call.client.watched.has(watched)) hold(call, heldBy(watched));
      call.client.watched.set(watched, version);
    }
    return OK;
  },
  unwatch: (call) => {
    unwatch(call);
    return OK;
  },
};

const MOST_WATCHED = 10_000;

const heldBy = (text: string): number => text.length + 64;

function unwatch(call: Call): void {
  for (const watched of call.client.watched.keys()) hold(call, -heldBy(watched));
  call.client.watched.clear();
}

export function endTransaction(call: Call): void {
  for (const words of call.client.queue ?? []) hold(call, -queuedBytes(words));
  call.client.queue = undefined;
  call.client.poisoned = false;
  unwatch(call);
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

