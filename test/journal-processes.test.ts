import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { followJournal } from '../src/journal/follow.ts';
import { systemRandom } from '../src/platform/random.ts';
import { openSample, readAll, temporaryFolder, valuesOf } from './journal-sample.ts';

interface Writer {
  readonly process: ChildProcess;
  /** `id value` of each acknowledged event whose line came whole. */
  printed(): string[];
  /** Resolves when so many were printed. */
  has(count: number): Promise<void>;
  readonly ended: Promise<unknown>;
  complaints(): string;
}

function startWriter(folder: string, fsync: string, segmentBytes: number, events: number): Writer {
  const script = join(import.meta.dirname, 'journal-writer-process.ts');
  const child = spawn(process.execPath, [script, folder, fsync, String(segmentBytes), String(events)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let out = '';
  let err = '';
  let count = 0;
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    out += text;
    count += text.split('\n').length - 1;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close');
  return {
    process: child,
    printed: () =>
      out
        .slice(0, out.lastIndexOf('\n') + 1)
        .split('\n')
        .slice(0, -1),
    has: async (wanted) => {
      for (;;) {
        if (count >= wanted || child.exitCode !== null) return;
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
    },
    ended,
    complaints: () => err,
  };
}

describe('a journal whose writer is killed', () => {
  test.for(['second', 'always'] as const)(
    'holds every acknowledged event, once and in order, with fsync %s',
    { timeout: 120_000 },
    async (fsync) => {
      const folder = temporaryFolder();
      const printed: string[] = [];

      for (let round = 0; round < 10; round++) {
        const writer = startWriter(folder, fsync, 100_000, 0);
        await writer.has(1 + systemRandom.below(3_000));
        writer.process.kill('SIGKILL');
        await writer.ended;
        expect(writer.complaints()).toBe('');
        printed.push(...writer.printed());
      }

      const { events, damage } = await readAll(folder);
      const ids = events.map(({ id }) => id);
      const values = valuesOf(events);
      const found = new Set(events.map(({ id }, index) => `${id} ${values[index] ?? ''}`));
      expect(printed.length).toBeGreaterThan(10);
      expect(printed.filter((one) => !found.has(one))).toEqual([]);
      expect(ids).toEqual(ids.toSorted());
      expect(new Set(ids).size).toBe(ids.length);
      expect(damage).toEqual([]);

      const journal = await openSample(folder);
      journal.open({ vantage: 'sensor', sensor: 'after', peer: { address: '192.0.2.1', port: 1 } }).emit({
        type: 'redis.login',
        user: '',
        password: '',
        accepted: false,
      });
      await journal.close();
      const after = await readAll(folder);
      expect(journal.recovered[0]).toMatch(/^The journal was not closed by the last writer \(process \d+\)/);
      expect(after.events.length).toBe(events.length + 1);
      expect((after.events.at(-1)?.id ?? '') > (ids.at(-1) ?? '')).toBe(true);
    },
  );
});

describe('a journal of another process', () => {
  test('is followed across its segments', async () => {
    const folder = temporaryFolder();
    const abort = new AbortController();
    const followed: string[] = [];

    const writer = startWriter(folder, 'never', 50_000, 5_000);
    for await (const batch of followJournal(folder, {}, () => undefined, abort.signal)) {
      const values = valuesOf(batch);
      followed.push(...batch.map(({ id }, index) => `${id} ${values[index] ?? ''}`));
      if (followed.length >= 5_000) abort.abort();
    }
    await writer.ended;

    expect(writer.complaints()).toBe('');
    expect(followed).toEqual(writer.printed());
    expect(followed).toHaveLength(5_000);
  });

  test('cannot be written by this one while that one lives', async () => {
    const folder = temporaryFolder();
    const writer = startWriter(folder, 'never', 1_000_000, 0);
    await writer.has(1);

    const refused = openSample(folder);

    await expect(refused).rejects.toThrow(`is being written by process ${writer.process.pid ?? 0}.`);
  });
});
