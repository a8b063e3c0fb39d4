import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
import { fixedClock } from '../platform/clock.ts';
import { encodeLine, LINE_LIMIT } from './line.ts';

const FIRST = 'events-0000000001.ndjson';

/** A closed journal of several segments: one event a second, its value the second. */
async function written(count: number, segmentBytes = 1_000): Promise<string> {
  const folder = temporaryFolder();
  const clock = fixedClock(START);
  const journal = await openSample(folder, { clock, segmentBytes });
  const { emit } = visit(journal);
  for (const value of numbers(count)) {
    emit(valueAct(value));
    clock.advance(1_000);
  }
  await journal.close();
  return folder;
}

function segmentsOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^events-.*ndjson$/.test(name));
}

describe('readJournal', () => {
  test('finds nothing in a folder that is empty or not there', async () => {
    const folder = temporaryFolder();

    expect(await readAll(folder)).toEqual({ events: [], damage: [] });
    expect(await readAll(join(folder, 'absent'))).toEqual({ events: [], damage: [] });
  });

  test('tells when the folder cannot be read', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');

    const { damage } = await readAll(path);

    expect(damage).toMatchObject([{ file: path, line: 0 }]);
    expect(damage[0]?.message).toContain('cannot be read');
  });

  test('gives the events of a span, its begin inside and its end not', async () => {
    const folder = await written(30);

    const { events } = await readAll(folder, { since: START + 10_000, until: START + 13_000 });

    expect(valuesOf(events)).toEqual(['10', '11', '12']);
  });

  test('gives the same for any span with the index as without, also when the clock jumped', async () => {
    const folder = temporaryFolder();
    const clock = fixedClock(START);
    const journal = await openSample(folder, { clock, segmentBytes: 1_000 });
    const { emit } = visit(journal);
    for (const value of numbers(60)) {
      emit(valueAct(value));
      clock.advance(Number(value) % 13 === 0 ? -40_000 : 5_000);
    }
    await journal.close();
    const { events: all } = await readAll(folder);

    await fc.assert(
      fc.asyncProperty(fc.nat(200_000), fc.nat(100_000), async (start, length) => {
        const since = START - 50_000 + start;
        const until = since + length;

        const { events } = await readAll(folder, { since, until });

        expect(events).toEqual(all.filter(({ time }) => time >= since && time < until));
      }),
      { numRuns: 50 },
    );
  });

  test('does not open segments that the index shows to be outside the span', async () => {
    const folder = await written(30);
    const [oldest = ''] = segmentsOf(folder);
    const path = join(folder, oldest);
    writeFileSync(path, readFileSync(path, 'latin1').replaceAll('Backup1', 'BackupX'));

    const recent = await readAll(folder, { since: START + 20_000 });
    const all = await readAll(folder);

    expect(recent.damage).toEqual([]);
    expect(recent.events).toHaveLength(10);
    expect(all.damage).toHaveLength(1);
  });

  test('reads a segment whose index entry is out of date', async () => {
    const folder = await written(30);
    const [oldest = '', second = ''] = segmentsOf(folder);
    const line = readFileSync(join(folder, second), 'latin1').split('\n')[0] ?? '';
    appendFileSync(join(folder, oldest), encodeLine(line.slice(18).replace(/-\w{10}"/, '-0000000001"')));

    const { events } = await readAll(folder, { since: START + 4_000, until: START + 5_000 });

    expect(valuesOf(events)).toContain('4');
  });

  test('filters by session, source, sensor and kind of act', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);
    const one = visit(journal, '192.0.2.1', 'left');
    const other = visit(journal, '192.0.2.2', 'right');
    one.emit(valueAct('a'));
    other.emit(valueAct('b'));
    other.emit({ type: 'redis.login', user: '', password: 'x', accepted: false });
    await journal.close();

    const by = async (filter: Parameters<typeof readAll>[1]) =>
      valuesOf((await readAll(folder, filter)).events);

    expect(await by({ session: one.session })).toEqual(['a']);
    expect(await by({ source: '192.0.2.2' })).toEqual(['b', 'redis.login']);
    expect(await by({ sensor: 'left' })).toEqual(['a']);
    expect(await by({ types: ['redis.login', 'redis.save'] })).toEqual(['redis.login']);
    expect(await by({ source: '192.0.2.2', types: ['redis.value'] })).toEqual(['b']);
    expect(await by({ types: [] })).toEqual([]);
  });

  test('goes on behind damage, and tells neighbouring lines as one', async () => {
    const folder = await written(6, 1_000_000);
    const path = join(folder, FIRST);
    const lines = readFileSync(path, 'latin1').split('\n');
    lines[1] = 'noise';
    lines[2] = '';
    lines[4] = `${lines[4] ?? ''} `;
    writeFileSync(path, lines.join('\n'));

    const { events, damage } = await readAll(folder);

    expect(valuesOf(events)).toEqual(['0', '3', '5']);
    expect(damage.map(({ file, line }) => [file, line])).toEqual([
      [path, 2],
      [path, 5],
    ]);
    expect(damage[0]?.message).toBe(
      `${FIRST}, lines 2 to 3: cannot be read (line 2: its checksum does not match); they are left out.`,
    );
  });

  test('notices any byte that was changed in any line', async () => {
    const folder = await written(3, 1_000_000);
    const path = join(folder, FIRST);
    const whole = readFileSync(path);

    for (let at = 0; at < whole.length - 1; at += 3) {
      const bad = Buffer.from(whole);
      bad[at] = (bad[at] ?? 0) ^ 0x10;
      writeFileSync(path, bad);

      const { events, damage } = await readAll(folder);

      expect(damage.length).toBeGreaterThan(0);
      expect(events.length).toBeLessThan(3);
    }
  });

  test('leaves a line out that is longer than the limit', async () => {
    const folder = await written(2, 1_000_000);
    const path = join(folder, FIRST);
    const good = `${readFileSync(path, 'latin1').split('\n')[0] ?? ''}\n`;
    appendFileSync(path, `${'x'.repeat(LINE_LIMIT + 1)}\n`);
    appendFileSync(path, good);

    const { events, damage } = await readAll(folder);

    expect(valuesOf(events)).toEqual(['0', '1', '0']);
    expect(damage).toMatchObject([{ file: path, line: 3 }]);
    expect(damage[0]?.message).toContain(`it is longer than ${LINE_LIMIT} bytes`);
  });

  test('takes a last line that is not finished for one that is being written', async () => {
    const folder = await written(2, 1_000_000);
    appendFileSync(join(folder, FIRST), '{"crc":"0123');

    const { events, damage } = await readAll(folder);

    expect(valuesOf(events)).toEqual(['0', '1']);
    expect(damage).toEqual([]);
  });

  test('takes it for damage in a segment that others follow', async () => {
    const folder = await written(30);
    const [oldest = ''] = segmentsOf(folder);
    const path = join(folder, oldest);
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, -20));

    const { events, damage } = await readAll(folder);

    expect(events).toHaveLength(29);
    expect(damage).toMatchObject([{ file: path }]);
    expect(damage[0]?.message).toContain('it is not finished');
  });

  test('goes on when a segment has gone or cannot be read', async () => {
    const folder = await written(30);
    const [first = '', second = ''] = segmentsOf(folder);
    rmSync(join(folder, first));
    renameSync(join(folder, second), join(folder, 'kept'));
    mkdirSync(join(folder, second));

    const { events, damage } = await readAll(folder);

    expect(events.length).toBeGreaterThan(20);
    expect(valuesOf(events).at(-1)).toBe('29');
    expect(damage).toMatchObject([{ file: join(folder, second), line: 0 }]);
    expect(damage[0]?.message).toContain('a folder is in the way (EISDIR)');
  });

  test('leaves other files in the folder alone', async () => {
    const folder = await written(2);
    copyFileSync(join(folder, FIRST), join(folder, 'events-1.ndjson'));
    copyFileSync(join(folder, FIRST), join(folder, `${FIRST}.torn`));
    copyFileSync(join(folder, FIRST), join(folder, 'copy.ndjson'));

    expect((await readAll(folder)).events).toHaveLength(2);
  });

  test('survives any bytes in a segment', async () => {
    const folder = await written(1, 1_000_000);
    const path = join(folder, FIRST);

    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        writeFileSync(path, bytes);

        expect((await readAll(folder)).events).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('survives an index of any bytes', async () => {
    const folder = await written(30);

    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        writeFileSync(join(folder, 'index.ndjson'), bytes);

        expect((await readAll(folder, { since: START })).events).toHaveLength(30);
      }),
      { numRuns: 30 },
    );
  });
});
