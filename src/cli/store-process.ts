// The process that has the store open. It is forked, so that a fault of the engine never reaches a sensor.

import { openChdb } from '../store/chdb-engine.ts';
import { followIntoStore } from '../store/follow-journal.ts';
import { keepBudget, setRetention, storeSize } from '../store/keep-days.ts';
import type { FromStore, StoreTask, ToStore } from '../store/messages.ts';
import type { StoreEngine } from '../store/store-engine.ts';
import { StoreError } from '../store/store-engine.ts';
import { journalFolder } from './data-folder.ts';
import { loadPlaces } from './places.ts';

const HOUSEKEEPING = 60_000;
/** Share of the budget from which on it is told. */
const NEARLY_FULL = 0.8;

const abort = new AbortController();
let engine: StoreEngine | undefined;

function tell(message: FromStore): void {
  if (process.connected) process.send?.(message);
}

function fail(error: unknown): void {
  const { message, remedy } =
    error instanceof StoreError
      ? error
      : { message: error instanceof Error ? error.message : String(error), remedy: 'Please report it.' };
  tell({ kind: 'failed', message, remedy });
}

async function open(task: StoreTask): Promise<void> {
  const opened = await openChdb(task.store);
  engine = opened;
  const { placeOf } = loadPlaces(task.data, { err: (message) => tell({ kind: 'told', message }) });
  let caughtUp = false;
  let events = 0;
  const housekeeping = setInterval(() => void keepHouse(opened, task).catch(fail), HOUSEKEEPING);
  try {
    const following = followIntoStore({
      engine: opened,
      folder: journalFolder(task.data),
      placeOf,
      now: () => Date.now(),
      // What replays the journal beside tells it already.
      onDamage: () => undefined,
      onBatch: (count) => {
        events = count;
        tell({ kind: 'events', events, caughtUp });
      },
      onCaughtUp: () => {
        caughtUp = true;
        tell({ kind: 'events', events, caughtUp });
        void keepHouse(opened, task).catch(fail);
      },
      signal: abort.signal,
    });
    await following;
  } finally {
    clearInterval(housekeeping);
    await opened.close();
  }
}

let warned = false;
async function keepHouse(store: StoreEngine, { days, budget }: StoreTask): Promise<void> {
  await setRetention(store, days);
  const { bytes } = await storeSize(store);
  if (bytes > budget) {
    const gone = await keepBudget(store, budget);
    if (gone.length > 0) {
      tell({
        kind: 'told',
        message: `sundew: the store was over its budget of ${budget} bytes; ${gone.join(', ')} left it. The journal has it still.\n`,
      });
    }
  } else if (bytes > budget * NEARLY_FULL && !warned) {
    tell({
      kind: 'told',
      message: `sundew: the store takes ${bytes} of ${budget} bytes; when it is full the oldest days leave it.\n        Give it more with --store-budget, or keep less with --keep-days.\n`,
    });
  }
  warned = bytes > budget * NEARLY_FULL;
}

process.on('message', (message: ToStore) => {
  if (message.kind === 'open') {
    open(message.task)
      .catch(fail)
      .finally(() => process.disconnect?.());
    return;
  }
  const { id, sql, parameters, limits } = message;
  if (engine === undefined) {
    tell({ kind: 'refused', id, message: 'The store is not open yet.', remedy: 'Try again in a moment.' });
    return;
  }
  engine.query(sql, parameters, limits).then(
    (rows) => tell({ kind: 'rows', id, rows }),
    (error: unknown) => {
      const remedy = error instanceof StoreError ? error.remedy : 'Please report it.';
      tell({ kind: 'refused', id, message: (error as Error).message, remedy });
    },
  );
});
process.on('disconnect', () => abort.abort());
// Those who press Ctrl-C mean the parent, which closes the channel.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => abort.abort());
