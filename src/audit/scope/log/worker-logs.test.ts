import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../../platform/clock.ts';
import type { CommandLog } from './command-log.ts';
import { openCommandLog } from './command-log.ts';
import { verifyLog } from './verify-log.ts';

const clock = fixedClock(Date.UTC(2026, 10, 25));
let runs = 0;

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function send(log: CommandLog, times: number): void {
  for (let at = 0; at < times; at++) log.sending('redis://192.0.2.7:6379', [['PING']]);
}

/** A run with two workers; a file of theirs takes 4,000 bytes. */
function writeRun(folder: string): { main: string; workers: string[] } {
  clock.advance(1_000);
  const run = String(++runs).padStart(16, '0');
  const log = openCommandLog(folder, { run, version: '0', by: 'tester', files: [] }, clock);
  const workers: string[] = [];
  for (const number of [1, 2]) {
    const branch = log.branch(number);
    const own = openCommandLog(branch.folder, branch.run, clock, 4_000);
    log.anchor(own.head());
    workers.push(own.head().file);
    send(own, 50);
    own.end();
    log.anchor(own.head());
  }
  log.end();
  return { main: log.head().file, workers };
}

describe('the log of a run with workers', () => {
  test('is whole, over all files of the workers', async () => {
    const folder = temporary();
    writeRun(folder);
    const { main } = writeRun(folder);

    const { files, missing } = await verifyLog(folder);

    expect(missing).toEqual([]);
    expect(files.length).toBeGreaterThan(8);
    expect(files.filter(({ state }) => state !== 'whole')).toEqual([]);
    expect(files.reduce((sum, { commands }) => sum + commands, 0)).toBe(200);
    // A run hangs on a file of a run, and with it on those of its workers.
    expect(files.find(({ file }) => file === main)?.header?.after?.file).toMatch(
      /^\d{8}T\d{6}-0+1-0001\.ndjson$/,
    );
  });

  test('has the files in the order of the workers, whichever opens its own first', async () => {
    const folder = temporary();
    const run = String(++runs).padStart(16, '0');
    const log = openCommandLog(folder, { run, version: '0', by: 'tester', files: [] }, clock);
    for (const branch of [log.branch(2), log.branch(1)]) {
      clock.advance(2_000);
      openCommandLog(branch.folder, branch.run, clock, undefined, branch.began).end();
    }
    log.end();

    const { files } = await verifyLog(folder);

    expect(files.map(({ header }) => header?.worker)).toEqual([undefined, 1, 2]);
  });

  test('misses a file of a worker that is gone, first or last', async () => {
    for (const which of ['first', 'last']) {
      const folder = temporary();
      writeRun(folder);
      const { files } = await verifyLog(folder);
      const ofOne = files.filter(({ header }) => header?.worker === 1).map(({ file }) => file);
      const gone = (which === 'first' ? ofOne[0] : ofOne.at(-1)) ?? '';
      rmSync(join(folder, gone));

      const { missing } = await verifyLog(folder);

      expect(missing.join()).toContain(gone);
    }
  });

  test('misses the file of the run when only those of workers are left', async () => {
    const folder = temporary();
    const { main } = writeRun(folder);
    rmSync(join(folder, main));

    const { missing } = await verifyLog(folder);

    expect(missing.join()).toContain(main);
  });

  test('notices a worker file that was cut after its end was written down', async () => {
    const folder = temporary();
    writeRun(folder);
    const last = (await verifyLog(folder)).files.findLast(({ header }) => header?.worker === 2)?.file ?? '';
    const text = readFileSync(join(folder, last), 'utf8');
    truncateSync(join(folder, last), text.lastIndexOf('\n', text.length - 2) + 1);

    const { files } = await verifyLog(folder);

    expect(files.filter(({ state }) => state === 'broken').map(({ file }) => file)).toEqual([last]);
  });

  test('holds after a kill: what workers wrote stands, up to the last whole line', async () => {
    const folder = temporary();
    clock.advance(1_000);
    const run = String(++runs).padStart(16, '0');
    const log = openCommandLog(folder, { run, version: '0', by: 'tester', files: [] }, clock);
    const branch = log.branch(1);
    const own = openCommandLog(branch.folder, branch.run, clock);
    log.anchor(own.head());
    send(own, 20);
    const path = join(folder, own.head().file);
    truncateSync(path, readFileSync(path).length - 40);

    const { files, missing } = await verifyLog(folder);

    expect(missing).toEqual([]);
    expect(files.map(({ state, commands }) => [state, commands])).toEqual([
      ['cut', 0],
      ['cut', 19],
    ]);
  });
});
