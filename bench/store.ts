// The analytical store at the size of a busy sensor: node bench/store.ts [EVENTS]

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlaces } from '../src/cli/places.ts';
import { openJournal } from '../src/journal/journal.ts';
import { readJournal } from '../src/journal/reader.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';
import { openChdb } from '../src/store/chdb-engine.ts';
import type { EventFilter, Statement } from '../src/store/event-query.ts';
import {
  countStatement,
  eventsStatement,
  timelineStatement,
  topStatement,
} from '../src/store/event-query.ts';
import { followIntoStore } from '../src/store/follow-journal.ts';
import { storeSize } from '../src/store/keep-days.ts';
import type { StoreEngine } from '../src/store/store-engine.ts';
import { generateJournal } from './generated-journal.ts';

const DAY = 86_400_000;
/** Events a second that a live sensor adds while the dashboard asks. */
const LIVE_RATE = 5_000;
const ROUNDS = 5;

const events = Number(process.argv[2] ?? 5_000_000);
const data = mkdtempSync(join(tmpdir(), 'sundew-bench-store-'));
const folder = join(data, 'journal');
const now = Date.now();
const seconds = (since: number): number => (performance.now() - since) / 1_000;
const rate = (since: number, count = events): string =>
  `${Math.round(count / seconds(since)).toLocaleString('en')} events/s`;
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

try {
  const bytes = generateJournal(folder, events, now);
  console.log(`${events.toLocaleString('en')} events, ${mb(bytes)} of journal`);

  let start = performance.now();
  let scanned = 0;
  for await (const batch of readJournal(folder, {}, () => undefined)) scanned += batch.length;
  const scan = seconds(start);
  console.log(`peer, a scan of the journal: ${rate(start, scanned)}, ${scan.toFixed(1)} s for any question`);
  await duckDb();

  const engine = await openChdb(join(data, 'store'));
  start = performance.now();
  await follow(engine, true);
  console.log(`journal to store: ${rate(start)}`);
  const { bytes: disk } = await storeSize(engine);
  console.log(
    `store: ${mb(disk)} on disk, ${Math.round(process.memoryUsage().rss / 1e6)} MB resident in this process`,
  );
  await ask(engine, 'nothing else going on');
  await askWhileLive(engine);
  await engine.close();
} finally {
  rmSync(data, { recursive: true, force: true });
}

async function follow(engine: StoreEngine, toTheEnd: boolean, stop = new AbortController()): Promise<void> {
  const { placeOf } = loadPlaces(data, { err: (text) => process.stderr.write(text) });
  await followIntoStore({
    engine,
    folder,
    placeOf,
    now: () => Date.now(),
    onDamage: ({ message }) => console.error(message),
    onBatch: () => undefined,
    onCaughtUp: () => {
      if (toTheEnd) stop.abort();
    },
    signal: stop.signal,
  });
}

function questions(): readonly (readonly [string, Statement])[] {
  const day: EventFilter = { since: now - DAY };
  return [
    ['timeline, a day', timelineStatement(day, 900)],
    ['timeline, 30 days', timelineStatement({}, 21_600)],
    ['timeline of a country, 30 days', timelineStatement({ country: 'CN' }, 21_600)],
    ['countries, 30 days', topStatement('country', {}, 20)],
    ['networks, 30 days', topStatement('network', {}, 20)],
    ['sources, 30 days', topStatement('source', {}, 20)],
    ['commands, 30 days', topStatement('command', {}, 20)],
    ['newest events', eventsStatement({}, 0, 100)],
    ['search for a word, page', eventsStatement({ contains: '4.77/init.sh' }, 0, 100)],
    ['search for a word, count', countStatement({ contains: '4.77/init.sh' })],
    ['events of one source', eventsStatement({ source: '198.51.100.7' }, 0, 100)],
  ];
}

async function ask(engine: StoreEngine, when: string): Promise<void> {
  console.log(`questions of the dashboard, ${when} (ms: median, slowest of ${ROUNDS})`);
  for (const [name, { sql, parameters }] of questions()) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await engine.query(sql, parameters);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    console.log(`  ${name.padEnd(32)} ${times[ROUNDS >> 1]?.toFixed(0)}  ${times.at(-1)?.toFixed(0)}`);
  }
}

async function askWhileLive(engine: StoreEngine): Promise<void> {
  const journal = await openJournal({ folder, clock: systemClock, random: systemRandom, fsync: 'second' });
  const stop = new AbortController();
  const following = follow(engine, false, stop);
  const { emit } = journal.open({
    vantage: 'sensor',
    sensor: 'live',
    peer: { address: '198.51.100.7', port: 1 },
  });
  const timer = setInterval(() => {
    for (let n = 0; n < LIVE_RATE / 20; n++) {
      emit({ type: 'redis.command', name: 'set', args: [`backup${n}`, 'x'.repeat(100)], db: 0, reply: 'ok' });
    }
  }, 50);
  await ask(engine, `while ${LIVE_RATE} events a second come in`);
  clearInterval(timer);
  await journal.close();
  stop.abort();
  await following;
  const [row] = await engine.query('SELECT count() AS n, uniqExact(seq) AS distinct FROM events');
  console.log(
    `in the store ${String(row?.['n'])}, distinct ${String(row?.['distinct'])}, in the journal ${journal.status().events}`,
  );
}

/** The peer that a single node would otherwise use, when it is there: not a dependency. */
async function duckDb(): Promise<void> {
  const name = '@duckdb/node-api';
  const loaded = (await import(name).catch(() => undefined)) as
    | {
        DuckDBInstance: {
          create(path: string): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown> }> }>;
        };
      }
    | undefined;
  if (loaded === undefined) {
    console.log('peer DuckDB: not here (npm install --no-save @duckdb/node-api brings it)');
    return;
  }
  const connection = await (await loaded.DuckDBInstance.create(join(data, 'peer.duckdb'))).connect();
  const start = performance.now();
  await connection.run(`CREATE TABLE events AS SELECT id, epoch_ms(time) AS time, sensor, session, peer.address AS source,
peer.port AS port, act->>'type' AS type, act->>'name' AS command, act FROM read_ndjson('${join(folder, '*.ndjson')}',
columns = {id: 'VARCHAR', time: 'BIGINT', sensor: 'VARCHAR', session: 'VARCHAR', peer: 'STRUCT(address VARCHAR, port INTEGER)', act: 'JSON'})`);
  console.log(`peer, DuckDB reading the same files (no checksums, no places): ${rate(start)}`);
}
