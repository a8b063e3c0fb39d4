import { writeSync } from 'node:fs';
import type { Fsync } from '../src/journal/journal.ts';
import { openJournal } from '../src/journal/journal.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';

/**
 * A writer to be killed: emits without end (or as many events as asked, then closes), each value one number higher,
 * and prints each acknowledged event as `id value`. Arguments: folder, fsync, segment bytes, events (0: without end).
 */
const [folder = '', fsync = 'second', segmentBytes = '0', asked = '0'] = process.argv.slice(2);
const journal = await openJournal({
  folder,
  clock: systemClock,
  random: systemRandom,
  fsync: fsync as Fsync,
  segmentBytes: Number(segmentBytes),
});
journal.onAcknowledged((events) => {
  const lines = events.map(({ id, act }) => `${id} ${act.type === 'redis.value' ? act.value : ''}\n`);
  writeSync(1, lines.join(''));
});
const { emit } = journal.open({
  vantage: 'sensor',
  sensor: 'killed',
  peer: { address: '192.0.2.1', port: 1 },
});
const limit = Number(asked) === 0 ? Number.POSITIVE_INFINITY : Number(asked);

let value = 0;
while (value < limit) {
  for (let burst = 0; burst < 20 && value < limit; burst++) {
    emit({ type: 'redis.value', db: 0, key: 'k\u0000\u00ff', kind: 'string', value: String(value) });
    value++;
  }
  if (journal.saturated) await journal.drained();
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
await journal.close();
