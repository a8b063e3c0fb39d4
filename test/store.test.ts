import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openJournal } from '../src/journal/journal.ts';
import { readJournal } from '../src/journal/reader.ts';
import type { Act } from '../src/model/act.ts';
import type { Event } from '../src/model/event.ts';
import { seededRandom } from '../src/platform/random.ts';
import { openChdb } from '../src/store/chdb-engine.ts';
import type { EventFilter } from '../src/store/event-query.ts';
import {
  countStatement,
  eventsStatement,
  timelineStatement,
  topStatement,
} from '../src/store/event-query.ts';
import { followIntoStore } from '../src/store/follow-journal.ts';
import { keepBudget, setRetention, storeSize } from '../src/store/keep-days.ts';
import { openStore } from '../src/store/open-store.ts';
import type { StoreEngine } from '../src/store/store-engine.ts';
import { StoreError } from '../src/store/store-engine.ts';
import { storedEvent } from '../src/store/stored-event.ts';

// One folder a process, says the engine: all of this file asks one store, and what needs another has a process of its own.

const data = mkdtempSync(join(tmpdir(), 'sundew-store-'));
const folder = join(data, 'journal');
const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 1);
/** As a person types it, and as its bytes stand in an act. */
const TYPED = `'; DROP TABLE events; -- \u0000\u001b[2J\u00ff\u00e4"\\\n{x:String}`;
const HOSTILE = Buffer.from(TYPED).toString('latin1');
const ADDRESSES = ['198.51.100.7', '203.0.113.9', '2001:db8::1', '::ffff:192.0.2.1'];
const places: Record<string, { country: string; asn: number; network: string }> = {
  '198.51.100.7': { country: 'CN', asn: 4134, network: `China"net\\` },
  '2001:db8::1': { country: 'NL', asn: 64_500, network: 'One' },
};
let engine: StoreEngine;
let events: Event[];

beforeAll(async () => {
  await writeJournal(2_000);
  events = await allEvents(folder);
  engine = await openChdb(join(data, 'store'));
  await fill(engine);
}, 60_000);
afterAll(async () => {
  await engine.close();
  rmSync(data, { recursive: true, force: true });
});

async function writeJournal(count: number): Promise<void> {
  const random = seededRandom(3);
  let time = START;
  const clock = { now: () => time, monotonic: () => time };
  const journal = await openJournal({ folder, clock, random, fsync: 'never', segmentBytes: 100_000 });
  for (let at = 0; at < count; ) {
    const address = ADDRESSES[random.below(ADDRESSES.length)] ?? '';
    const { emit } = journal.open({
      vantage: 'sensor',
      sensor: `redis-${random.below(3)}`,
      peer: { address, port: random.below(65_536) },
    });
    const acts: Act[] = [
      { type: 'session.opened', protocol: 'redis', local: { address: '127.0.0.1', port: 6379 } },
      {
        type: 'redis.command',
        name: ['ping', 'set', 'config|set'][random.below(3)] ?? '',
        args: [HOSTILE, '"name":"get"'],
        db: 0,
        reply: 'ok',
      },
      { type: 'redis.burst', counts: { type: 3 }, samples: { type: ['x'], name: ['y'] }, ms: 3 },
    ];
    for (const act of acts) {
      time += random.below(20 * 60_000);
      emit(act);
      at++;
    }
    if (at % 300 === 0) await journal.flush();
  }
  await journal.close();
}

async function allEvents(from: string): Promise<Event[]> {
  const found: Event[] = [];
  for await (const batch of readJournal(from, {}, ({ message }) => expect.unreachable(message)))
    found.push(...batch);
  return found;
}

async function fill(into: StoreEngine, batchBytes?: number): Promise<void> {
  const stop = new AbortController();
  await followIntoStore({
    engine: into,
    folder,
    placeOf: (address) => places[address],
    now: () => START,
    onDamage: ({ message }) => expect.unreachable(message),
    onBatch: () => undefined,
    onCaughtUp: () => stop.abort(),
    signal: stop.signal,
    ...(batchBytes === undefined ? {} : { batchBytes }),
  });
}

describe('the store', () => {
  test('gives back every event as the journal has it', async () => {
    const { sql, parameters } = eventsStatement({}, 0, 10_000);
    const rows = await engine.query(sql, parameters);

    const back = rows.map(storedEvent).toSorted((a, b) => ((a?.id ?? '') < (b?.id ?? '') ? -1 : 1));

    expect(back).toEqual(events);
  });

  test('a second run adds nothing', async () => {
    await fill(engine);

    expect(Number((await engine.query('SELECT count() AS n FROM events'))[0]?.['n'])).toBe(events.length);
  });

  const filters: readonly (readonly [string, EventFilter, (event: Event) => boolean])[] = [
    ['nothing', {}, () => true],
    [
      'a time',
      { since: START + DAY, until: START + 3 * DAY },
      ({ time }) => time >= START + DAY && time < START + 3 * DAY,
    ],
    ['a source', { source: '2001:db8::1' }, ({ peer }) => peer.address === '2001:db8::1'],
    ['a sensor', { sensor: 'redis-1' }, ({ sensor }) => sensor === 'redis-1'],
    ['a country', { country: 'CN' }, ({ peer }) => places[peer.address]?.country === 'CN'],
    ['no country', { country: 'unknown' }, ({ peer }) => places[peer.address] === undefined],
    ['a network', { asn: 64_500 }, ({ peer }) => places[peer.address]?.asn === 64_500],
    ['a kind of act', { type: 'redis.burst' }, ({ act }) => act.type === 'redis.burst'],
    ['hostile bytes', { contains: TYPED }, ({ act }) => act.type === 'redis.command'],
    ['a text in another case', { contains: 'drop table EVENTS' }, ({ act }) => act.type === 'redis.command'],
    ['what nobody wrote', { contains: "' OR 1=1 --" }, () => false],
    ['an address of nobody', { source: "x' OR '1'='1" }, () => false],
  ];
  test.for(filters)('filters by %s as a scan of the journal does', async ([, filter, wanted]) => {
    const expected = events.filter(wanted);
    const count = countStatement(filter);
    const timeline = timelineStatement(filter, 3_600);
    const top = topStatement('source', filter, 10);

    expect(Number((await engine.query(count.sql, count.parameters))[0]?.['events'])).toBe(expected.length);
    const buckets = await engine.query(timeline.sql, timeline.parameters);
    expect(buckets.map(({ at, events: n }) => [Number(at), Number(n)])).toEqual(
      [...Map.groupBy(expected, ({ time }) => Math.floor(time / 3_600_000) * 3_600)].map(([at, all]) => [
        at,
        all.length,
      ]),
    );
    const sources = await engine.query(top.sql, top.parameters);
    expect(new Map(sources.map(({ name, events: n }) => [name, Number(n)]))).toEqual(
      new Map(
        [...Map.groupBy(expected, ({ peer }) => peer.address)].map(([name, all]) => [name, all.length]),
      ),
    );
  });

  test('only the sessions asked for', async () => {
    const sessions = [...new Set(events.map(({ session }) => session))].slice(0, 5);
    const { sql, parameters } = countStatement({ sessions });

    expect(Number((await engine.query(sql, parameters))[0]?.['events'])).toBe(15);
  });

  test('names of commands come from the act itself, whatever its arguments say', async () => {
    const { sql, parameters } = topStatement('command', {}, 10);

    expect(
      (await engine.query(sql, parameters))
        .map(({ name }) => String(name))
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['config|set', 'ping', 'set']);
  });

  test.for(['DROP TABLE events', 'ALTER TABLE events DELETE WHERE 1', 'INSERT INTO events (seq) VALUES (1)'])(
    'a question cannot change it: %s',
    async (sql) => {
      await expect(engine.query(sql)).rejects.toThrow(StoreError);
      expect(Number((await engine.query('SELECT count() AS n FROM events'))[0]?.['n'])).toBe(events.length);
    },
  );

  test('a question that takes too long is stopped', async () => {
    const slow = engine.query(
      'SELECT count() FROM numbers(100000000000) WHERE number % 3 = 1',
      {},
      { seconds: 1, bytes: 1e9 },
    );

    await expect(slow).rejects.toThrow(/TIMEOUT|exceeded/i);
  });

  test('what half a batch left behind is removed', async () => {
    await engine.insert(
      'events',
      Buffer.from('{"seq":999999,"time":"2026-10-01 00:00:00.000","session":"half"}\n'),
    );

    await openStore(engine, journalId());

    expect(Number((await engine.query('SELECT count() AS n FROM events'))[0]?.['n'])).toBe(events.length);
  });

  test('the store of another journal, or of a newer version, is refused with what to do', async () => {
    await expect(openStore(engine, 'ffffffff')).rejects.toMatchObject({
      remedy: 'Make it again: sundew store rebuild',
    });
    await engine.insert(
      'progress',
      Buffer.from(`{"journal":"${journalId()}","version":99,"through":999999999,"events":1,"at":0}\n`),
    );
    await expect(openStore(engine, journalId())).rejects.toThrow('version 99');
    await engine.command('ALTER TABLE progress DELETE WHERE version = 99 SETTINGS mutations_sync = 2');
  });

  test('over its budget it gives up the oldest days, never the newest', async () => {
    const { days } = await storeSize(engine);
    expect(days.length).toBeGreaterThan(5);

    const gone = await keepBudget(engine, 1);

    expect(gone).toEqual(days.slice(0, -1));
    expect((await storeSize(engine)).days).toEqual(days.slice(-1));
  });

  test('days that are to be kept are a TTL of the table, set once', async () => {
    const made = async () => String((await engine.query('SHOW CREATE TABLE events'))[0]?.['statement']);
    await setRetention(engine, 30);
    expect(await made()).toContain('TTL toDateTime(time) + toIntervalDay(30)');
    await setRetention(engine, 0);
    expect(await made()).not.toContain('TTL');
  });
});

function journalId(): string {
  return (events[0]?.id ?? '').split('-')[0] ?? '';
}

test('killed at random moments while it takes the journal in, the store ends equal to it', async () => {
  const store = join(data, 'killed');
  for (const after of [150, 300, 400, 500, 650]) {
    const child = fork(join(import.meta.dirname, 'store-filler-process.ts'), [store, folder], {
      stdio: 'ignore',
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, after));
    child.kill('SIGKILL');
    await gone;
  }
  const child = fork(join(import.meta.dirname, 'store-filler-process.ts'), [store, folder, 'end'], {
    stdio: 'ignore',
  });
  const told = await new Promise<unknown>((resolve) => {
    child.once('message', resolve);
    child.once('exit', (code) => resolve(code));
  });

  expect(told).toEqual({ n: events.length, distinct: events.length, last: events.length });
}, 60_000);
