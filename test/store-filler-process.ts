// Fills a store from a journal in small batches, to be killed; with `end` it goes on to the end and tells the counts.

import { openChdb } from '../src/store/chdb-engine.ts';
import { followIntoStore } from '../src/store/follow-journal.ts';

const [store = '', folder = '', end] = process.argv.slice(2);
const engine = await openChdb(store);
const stop = new AbortController();
await followIntoStore({
  engine,
  folder,
  placeOf: () => undefined,
  now: () => 0,
  onDamage: () => undefined,
  onBatch: () => undefined,
  onCaughtUp: () => stop.abort(),
  signal: stop.signal,
  batchBytes: 20_000,
});
const [row] = await engine.query(
  'SELECT count() AS n, uniqExact(seq) AS distinct, max(seq) - min(seq) + 1 AS last FROM events',
);
await engine.close();
if (end !== undefined && process.send !== undefined) {
  process.send(Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)])));
}
process.disconnect?.();
