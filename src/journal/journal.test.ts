import { createHash } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  numbers,
  openSample,
  readAll,
  START,
  temporaryFolder,
  valueAct,
  valuesOf,
  visit,
} from '../../test/journal-sample.ts';
import type { Act } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import { fixedClock } from '../platform/clock.ts';
import { seededRandom } from '../platform/random.ts';
import { JournalError } from './journal.ts';

/** The first thing a sample journal draws. */
const JOURNAL = seededRandom(7).hex(4);

describe('journal', () => {
  test('gives back what was emitted, with who, where and when', async () => {
    const folder = temporaryFolder();
    const clock = fixedClock(START);
    const journal = await openSample(folder, { clock });
    const one = visit(journal, '192.0.2.1');
    const other = visit(journal, '2001:db8::1', 'café');

    one.emit(valueAct('first'));
    clock.advance(5);
    other.emit(valueAct('second'));
    await journal.close();

    const { events } = await readAll(folder);
    expect(events).toEqual([
      {
        id: `${JOURNAL}-0000000001`,
        time: START,
        vantage: 'sensor',
        sensor: 'redis-6379',
        session: one.session,
        peer: { address: '192.0.2.1', port: 50_000 },
        act: valueAct('first'),
      },
      {
        id: `${JOURNAL}-0000000002`,
        time: START + 5,
        vantage: 'sensor',
        sensor: 'café',
        session: other.session,
        peer: { address: '2001:db8::1', port: 50_000 },
        act: valueAct('second'),
      },
    ]);
    expect(one.session).not.toBe(other.session);
  });

  test('keeps the order of writing and the times of events that happened earlier', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);
    const peer = { address: '192.0.2.1', port: 1 };
    const past = journal.openPast({ vantage: 'import', sensor: 'log', peer });

    visit(journal).emit(valueAct('now'));
    past.emit(valueAct('then'), START - 86_400_000);
    past.emit(valueAct('before'), START - 86_400_005);
    await journal.close();

    const all = await readAll(folder);
    expect(all.events.map(({ time }) => time - START)).toEqual([0, -86_400_000, -86_400_005]);
    expect(all.events[1]).toMatchObject({ vantage: 'import', sensor: 'log', session: past.session, peer });
    expect(valuesOf((await readAll(folder, { until: START })).events)).toEqual(['then', 'before']);
    expect(valuesOf((await readAll(folder, { since: START })).events)).toEqual(['now']);
  });

  test('gives any byte strings back', async () => {
    const bytes = fc
      .array(fc.integer({ min: 0, max: 255 }), { maxLength: 300 })
      .map((codes) => String.fromCharCode(...codes));
    const folder = temporaryFolder();
    const journal = await openSample(folder, { segmentBytes: 4_096 });
    const { emit } = visit(journal);
    const said: Act[] = [];

    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (key, value) => {
        const act: Act = { type: 'redis.value', db: 0, key, kind: 'hash', field: value, value };
        said.push(act);
        emit(act);
        if (value.length % 3 === 0) await journal.flush();
      }),
      { numRuns: 200 },
    );
    await journal.close();

    const { events, damage } = await readAll(folder);
    expect(events.map(({ act }) => act)).toEqual(said);
    expect(damage).toEqual([]);
  });

  test('hands out the same events that a reader gets, in order and once', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder, { segmentBytes: 3_000 });
    const heard: Event[] = [];
    journal.onAcknowledged((events) => heard.push(...events));
    const sessions = [visit(journal), visit(journal, '198.51.100.7')];

    for (const value of numbers(100)) {
      sessions[Number(value) % 2]?.emit(valueAct(value));
      if (Number(value) % 17 === 0) await journal.flush();
    }
    await journal.flush();

    const { events } = await readAll(folder);
    expect(valuesOf(heard)).toEqual(numbers(100));
    expect(events).toEqual(heard);
  });

  test.for(['always', 'second', 'never'] as const)(
    'acknowledges after the write with fsync %s',
    async (fsync) => {
      const folder = temporaryFolder();
      const journal = await openSample(folder, { fsync });
      const inFile: number[] = [];
      journal.onAcknowledged(() => inFile.push(statSync(join(folder, 'events-0000000001.ndjson')).size));

      visit(journal).emit(valueAct('x'));
      expect(journal.status()).toMatchObject({ events: 0, waiting: 1 });
      await journal.flush();

      expect(inFile).toEqual([journal.status().bytes]);
      expect(journal.status()).toMatchObject({ events: 1, waiting: 0, segments: 1 });
    },
  );

  test('begins a new segment before the old one gets too long', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder, { segmentBytes: 1_000 });
    const { emit } = visit(journal);

    for (const value of numbers(50)) emit(valueAct(value));
    await journal.close();

    const segments = readdirSync(folder).filter((name) => name.startsWith('events-'));
    expect(segments).toHaveLength(journal.status().segments);
    expect(segments.map((name) => statSync(join(folder, name)).size).filter((size) => size > 1_000)).toEqual(
      [],
    );
    expect(valuesOf((await readAll(folder)).events)).toEqual(numbers(50));
  });

  test('keeps an act that is too long for a line, shortened and with its hash', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);

    const value = '\u00ff'.repeat(1_500_000);
    visit(journal).emit(valueAct(value));
    await journal.close();

    const { events, damage } = await readAll(folder);
    expect(damage).toEqual([]);
    expect(events.map(({ act }) => act)).toEqual([
      {
        ...valueAct('\u00ff'.repeat(4_096)),
        cut: [
          {
            index: -1,
            length: 1_500_000,
            sha256: createHash('sha256').update(value, 'latin1').digest('hex'),
          },
        ],
      },
    ]);
  });

  test('is saturated while too much waits, drops nothing, and says when it has drained', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder, { queueBytes: 10_000 });
    const { emit } = visit(journal);

    expect(journal.saturated).toBe(false);
    for (const value of numbers(200)) emit(valueAct(value));
    expect(journal.saturated).toBe(true);
    await journal.drained();

    expect(journal.saturated).toBe(false);
    await journal.flush();
    expect(valuesOf((await readAll(folder)).events)).toEqual(numbers(200));
  });

  test('writes what waits when it is closed, and nothing later', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);
    const { emit } = visit(journal);

    emit(valueAct('waiting'));
    await journal.close();
    emit(valueAct('late'));
    await journal.close();

    expect(valuesOf((await readAll(folder)).events)).toEqual(['waiting']);
    expect(readdirSync(folder)).not.toContain('writer.lock');
  });

  test('refuses a second writer, naming the process and a remedy', async () => {
    const folder = temporaryFolder();
    await openSample(folder);

    const refused = await openSample(folder).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(JournalError);
    expect(refused).toMatchObject({
      message: `The journal in ${folder} is being written by process ${process.pid}.`,
      remedy: 'Close it first.',
    });
  });

  test('refuses a folder with a file in the way', async () => {
    const folder = join(temporaryFolder(), 'journal');
    writeFileSync(folder, '');

    const refused = await openSample(folder).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(JournalError);
    expect(String(refused)).toContain('a file is in the way (EEXIST)');
  });

  test('is readable by its owner only', async () => {
    const folder = join(temporaryFolder(), 'journal');
    const journal = await openSample(folder);
    visit(journal).emit(valueAct('secret'));
    await journal.flush();

    const modes = ['.', 'events-0000000001.ndjson', 'writer.lock', 'journal.json'].map(
      (name) => statSync(join(folder, name)).mode & 0o077,
    );

    expect(modes).toEqual([0, 0, 0, 0]);
  });
});
