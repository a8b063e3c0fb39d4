import type { RawLine } from '../journal/raw-walk.ts';
import type { PlaceOf } from '../model/place.ts';
import { createRowLines } from './row-lines.ts';
import { STORE_VERSION } from './schema.ts';
import type { StoreEngine } from './store-engine.ts';

export interface IngestOptions {
  readonly engine: StoreEngine;
  readonly journal: string;
  readonly placeOf: PlaceOf;
  /** Events that are in the store already. */
  readonly events: number;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** After each batch: how many events there are now. */
  readonly onBatch: (events: number) => void;
  /** Bytes of a batch. */
  readonly batchBytes?: number;
}

export interface Ingest {
  /** Takes lines of the journal in its order; resolves when more may come. Rejects with what the engine said. */
  add(lines: readonly RawLine[]): Promise<void>;
  /** Writes what has been taken so far; resolves when it is in the store. */
  flush(): Promise<void>;
}

const BATCH_BYTES = 48 * 1024 * 1024;

/**
 * Writes lines of the journal into the store in batches. While the engine takes one batch the next is put together; there
 * are never more than these two. A batch counts once its row in `progress` is written.
 */
export function createIngest(options: IngestOptions): Ingest {
  const { engine, journal, now, batchBytes = BATCH_BYTES } = options;
  const rows = createRowLines(batchBytes, options.placeOf);
  let events = options.events;
  let through = -1;
  let writing: Promise<void> = Promise.resolve();

  const write = async (batch: Buffer, count: number, last: number): Promise<void> => {
    await engine.insert('events', batch);
    const done = {
      journal,
      version: STORE_VERSION,
      through: last,
      events: events + count,
      at: now(),
    };
    await engine.insert('progress', Buffer.from(`${JSON.stringify(done)}\n`));
    events += count;
    options.onBatch(events);
  };
  let turn: Promise<void> = Promise.resolve();
  /** One caller at a time: lines and a flush may come from different sides. */
  const inTurn = (job: () => Promise<void>): Promise<void> => {
    const done = turn.then(job);
    turn = done.catch(() => undefined);
    return done;
  };
  const hand = async (): Promise<void> => {
    if (rows.rows === 0) return;
    await writing;
    const count = rows.rows;
    writing = write(rows.take(), count, through);
    // It is awaited by the next one; until then it may fail without anybody listening.
    writing.catch(() => undefined);
  };
  return {
    add: (lines) =>
      inTurn(async () => {
        for (const { sequence, bytes } of lines) {
          if (!rows.add(sequence, bytes)) {
            await hand();
            rows.add(sequence, bytes);
          }
          through = sequence;
        }
      }),
    flush: () =>
      inTurn(async () => {
        await hand();
        await writing;
      }),
  };
}
