import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  numbers,
  openSample,
  readAll,
  temporaryFolder,
  valueAct,
  valuesOf,
  visit,
} from '../../test/journal-sample.ts';
import { encodeLine } from './line.ts';

const FIRST = 'events-0000000001.ndjson';

/** A closed journal of one segment with these values. */
async function written(values: readonly string[]): Promise<string> {
  const folder = temporaryFolder();
  await add(folder, values);
  return folder;
}

async function add(folder: string, values: readonly string[]): Promise<readonly string[]> {
  const journal = await openSample(folder);
  const { emit } = visit(journal);
  for (const value of values) emit(valueAct(value));
  await journal.close();
  return journal.recovered;
}

describe('recovery', () => {
  test('goes on behind the last event of a closed journal', async () => {
    const folder = await written(['a', 'b']);

    const recovered = await add(folder, ['c']);

    const { events, damage } = await readAll(folder);
    expect(recovered).toEqual([]);
    expect(valuesOf(events)).toEqual(['a', 'b', 'c']);
    expect(events.map(({ id }) => id.slice(-10))).toEqual(['0000000001', '0000000002', '0000000003']);
    expect(damage).toEqual([]);
    expect(readdirSync(folder)).toEqual([FIRST, 'journal.json']);
  });

  test('sets a last line aside that was torn at any byte, and loses nothing else', async () => {
    const folder = await written(['a', 'b', 'last']);
    const path = join(folder, FIRST);
    const whole = readFileSync(path);
    const start = whole.subarray(0, -1).lastIndexOf(10) + 1;

    for (let cut = start + 1; cut < whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut));

      const recovered = await add(folder, ['next']);

      const { events, damage } = await readAll(folder);
      expect(valuesOf(events)).toEqual(['a', 'b', 'next']);
      expect(damage).toEqual([]);
      expect(recovered).toEqual([expect.stringContaining(`the last ${cut - start} bytes were torn`)]);
      expect(readFileSync(`${path}.torn`)).toEqual(
        Buffer.concat([whole.subarray(start, cut), Buffer.from('\n')]),
      );
      rmSync(`${path}.torn`);
    }
  });

  test('sets the last line aside when any byte of it was changed', async () => {
    const folder = await written(['a', 'last']);
    const path = join(folder, FIRST);
    const whole = readFileSync(path);
    const start = whole.subarray(0, -1).lastIndexOf(10) + 1;

    for (let at = start; at < whole.length; at++) {
      const bad = Buffer.from(whole);
      bad[at] = (bad[at] ?? 0) ^ 0x04;
      writeFileSync(path, bad);

      const recovered = await add(folder, []);

      expect(valuesOf((await readAll(folder)).events)).toEqual(['a']);
      expect(recovered).toHaveLength(1);
    }
  });

  test('sets zeros aside that a power cut left at the end', async () => {
    const folder = await written(['a']);
    appendFileSync(join(folder, FIRST), Buffer.alloc(5_000));

    const recovered = await add(folder, ['b']);

    const { events, damage } = await readAll(folder);
    expect(valuesOf(events)).toEqual(['a', 'b']);
    expect(damage).toEqual([]);
    expect(recovered).toHaveLength(1);
  });

  test('leaves damage in the middle where it is, and gives its number to nobody else', async () => {
    const folder = await written(['a', 'b', 'c']);
    const path = join(folder, FIRST);
    const lines = readFileSync(path, 'latin1').split('\n');
    lines[1] = lines[1]?.replace('"b"', '"x"') ?? '';
    writeFileSync(path, lines.join('\n'));

    await add(folder, ['d']);

    const { events, damage } = await readAll(folder);
    expect(valuesOf(events)).toEqual(['a', 'c', 'd']);
    expect(damage).toEqual([
      { file: path, line: 2, message: `${FIRST}, line 2: its checksum does not match; it is left out.` },
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });

  test('never gives a number again after an end that lost events somebody saw', async () => {
    const folder = await written(['a']);
    const path = join(folder, FIRST);
    const length = readFileSync(path).length;
    const seen = new Set<string>();

    for (const run of numbers(4)) {
      const crashed = await openSample(folder);
      crashed.onAcknowledged((events) => {
        for (const { id } of events) {
          expect(seen).not.toContain(id);
          seen.add(id);
        }
      });
      visit(crashed).emit(valueAct(run));
      await crashed.close();
      // As if the machine had lost power: the events are gone, the lock has stayed.
      truncateSync(path, length);
      writeFileSync(join(folder, 'writer.lock'), '{"pid":2147483646,"start":"1","boot":""}');
    }

    expect(seen.size).toBe(4);
  });

  test('keeps the id of the journal', async () => {
    const folder = await written(['a']);

    await add(folder, ['b']);

    const { events } = await readAll(folder);
    expect(new Set(events.map(({ id }) => id.split('-')[0])).size).toBe(1);
  });

  test('survives a broken journal.json', async () => {
    const folder = await written(['a']);
    writeFileSync(join(folder, 'journal.json'), '{"id":"../../x"}');

    await add(folder, ['b']);

    const { events } = await readAll(folder);
    expect(valuesOf(events)).toEqual(['a', 'b']);
    expect(events.every(({ id }) => /^[0-9a-f]{8}-[0-9a-z]{10}$/.test(id))).toBe(true);
  });

  test('refuses a folder whose last event has taken all numbers', async () => {
    const folder = await written(['a']);
    const members = readFileSync(join(folder, FIRST), 'latin1')
      .trimEnd()
      .slice(18)
      .replace('0000000001', 'zzzzzzzzzz');
    appendFileSync(join(folder, FIRST), encodeLine(members));

    await expect(openSample(folder)).rejects.toThrow('no numbers are left after it');
  });

  test('counts what older segments hold, with the index or without', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder, { segmentBytes: 1_000 });
    const { emit } = visit(journal);
    for (const value of numbers(20)) emit(valueAct(value));
    await journal.close();
    const before = journal.status();

    const withIndex = await openSample(folder);
    await withIndex.close();
    rmSync(join(folder, 'index.ndjson'));
    const without = await openSample(folder);

    expect(before).toMatchObject({ events: 20, waiting: 0 });
    expect(before.segments).toBeGreaterThan(3);
    expect(withIndex.status()).toEqual(before);
    expect(without.status()).toEqual(before);
  });
});
