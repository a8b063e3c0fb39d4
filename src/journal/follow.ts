import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import type { Event } from '../model/event.ts';
import type { Damage } from './damage.ts';
import { eventWalk } from './event-walk.ts';
import type { JournalFilter } from './filter.ts';
import type { Walk } from './walk.ts';
import { walkJournal } from './walk.ts';

/** How often a folder is looked at whatever the watcher says: some file systems tell nothing. Milliseconds. */
const POLL = 200;

/**
 * As readJournal, then what is appended by whichever process, until the signal aborts; survives rotation.
 *
 * @param onCaughtUp called once, when all that was there has been handed out.
 */
export function followJournal(
  folder: string,
  filter: JournalFilter,
  onDamage: (damage: Damage) => void,
  signal: AbortSignal,
  onCaughtUp?: () => Promise<void> | void,
): AsyncGenerator<readonly Event[]> {
  return followWalk(folder, eventWalk(filter), onDamage, signal, onCaughtUp);
}

/** As followJournal, of whatever the walk wants. */
export async function* followWalk<T>(
  folder: string,
  walk: Walk<T>,
  onDamage: (damage: Damage) => void,
  signal: AbortSignal,
  onCaughtUp: () => Promise<void> | void = () => undefined,
): AsyncGenerator<readonly T[]> {
  const changes = watchFolder(folder, signal);
  let caughtUp = false;
  const more = async (): Promise<boolean> => {
    if (!caughtUp) await onCaughtUp();
    caughtUp = true;
    return changes.next();
  };
  try {
    for await (const batch of walkJournal(folder, walk, onDamage, more)) {
      if (signal.aborted) return;
      yield batch;
    }
  } finally {
    changes.close();
  }
}

interface Changes {
  /** Resolves to true when it is time to look again, to false when the signal has aborted. */
  next(): Promise<boolean>;
  close(): void;
}

function watchFolder(folder: string, signal: AbortSignal): Changes {
  let watcher: FSWatcher | undefined;
  let changed = false;
  let wake = (): void => undefined;

  const note = (): void => {
    changed = true;
    wake();
  };
  const unwatch = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  const startWatching = (): void => {
    try {
      watcher ??= watch(folder, note).on('error', unwatch);
    } catch {
      // Not there yet, or no watcher left to give: the poll does it.
    }
  };
  signal.addEventListener('abort', note);
  return {
    next: async () => {
      startWatching();
      if (!changed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, POLL);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      changed = false;
      return !signal.aborted;
    },
    close: () => {
      signal.removeEventListener('abort', note);
      unwatch();
    },
  };
}
