import { followWalk } from '../journal/follow.ts';
import { readIdentity } from '../journal/journal-identity.ts';
import { rawWalk } from '../journal/raw-walk.ts';
import type { Damage } from '../journal/reader.ts';
import type { PlaceOf } from '../model/place.ts';
import { createIngest } from './ingest.ts';
import { openStore } from './open-store.ts';
import type { StoreEngine } from './store-engine.ts';
import { StoreError } from './store-engine.ts';

export interface FollowOptions {
  readonly engine: StoreEngine;
  /** The journal's folder. */
  readonly folder: string;
  readonly placeOf: PlaceOf;
  readonly now: () => number;
  readonly onDamage: (damage: Damage) => void;
  readonly onBatch: (events: number) => void;
  /** All that was there at the start is in the store. */
  readonly onCaughtUp: () => void;
  readonly signal: AbortSignal;
  /** Bytes of a batch. */
  readonly batchBytes?: number;
}

/** Longest that an event waits for others to be written with, milliseconds. */
const LINGER = 250;

/**
 * Mirrors a journal into the store, from where it ended, until the signal aborts.
 *
 * @throws StoreError
 */
export async function followIntoStore(options: FollowOptions): Promise<void> {
  const { engine, folder, signal } = options;
  const journal = (await readIdentity(folder))?.id;
  if (journal === undefined) {
    throw new StoreError(`There is no journal in ${folder}.`, 'Start a sensor first (sundew up).');
  }
  const { next, events } = await openStore(engine, journal);
  options.onBatch(events);
  const ingest = createIngest({ ...options, journal, events });
  let timer: NodeJS.Timeout | undefined;
  let failed: Error | undefined;
  /** While there is much to catch up with, full batches are quicker. */
  let live = false;
  const flushSoon = (): void => {
    if (!live) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      ingest.flush().catch((error: unknown) => {
        failed = error instanceof Error ? error : new Error(String(error));
      });
    }, LINGER);
  };
  const caughtUp = async (): Promise<void> => {
    await ingest.flush();
    live = true;
    options.onCaughtUp();
  };
  try {
    for await (const lines of followWalk(folder, rawWalk(next), options.onDamage, signal, caughtUp)) {
      if (failed !== undefined) throw failed;
      await ingest.add(lines);
      flushSoon();
    }
  } finally {
    clearTimeout(timer);
  }
  await ingest.flush();
}
