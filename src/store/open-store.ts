import { STORE_VERSION, TABLES } from './schema.ts';
import type { StoreEngine } from './store-engine.ts';
import { StoreError } from './store-engine.ts';

export interface OpenedStore {
  /** Number of the first event that is not in it. */
  readonly next: number;
  readonly events: number;
}

/**
 * Makes the tables where they are not, and removes what an end in the middle of a batch left behind.
 *
 * @param journal id of the journal it mirrors.
 * @throws StoreError for a store of another version, or of another journal.
 */
export async function openStore(engine: StoreEngine, journal: string): Promise<OpenedStore> {
  for (const table of TABLES) await engine.command(table);
  const [last] = await engine.query(
    'SELECT journal, version, through, events FROM progress ORDER BY through DESC LIMIT 1',
  );
  if (last === undefined) {
    await removeFrom(engine, 0);
    return { next: 0, events: 0 };
  }
  const version = Number(last['version']);
  if (version !== STORE_VERSION) {
    throw new StoreError(
      `The store is of version ${version}, this Sundew works with ${STORE_VERSION}.`,
      version > STORE_VERSION
        ? 'Use the newer Sundew, or make it again with: sundew store rebuild'
        : 'Make it again: sundew store rebuild',
    );
  }
  if (last['journal'] !== journal) {
    throw new StoreError(
      'The store belongs to another journal than the one in this folder.',
      'Make it again: sundew store rebuild',
    );
  }
  const next = Number(last['through']) + 1;
  await removeFrom(engine, next);
  return { next, events: Number(last['events']) };
}

async function removeFrom(engine: StoreEngine, sequence: number): Promise<void> {
  const [found] = await engine.query('SELECT count() AS n FROM events WHERE seq >= {from:UInt64}', {
    from: sequence,
  });
  if (Number(found?.['n'] ?? 0) === 0) return;
  await engine.command(`ALTER TABLE events DELETE WHERE seq >= ${sequence} SETTINGS mutations_sync = 2`);
}
