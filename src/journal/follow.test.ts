import { appendFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  numbers,
  openSample,
  temporaryFolder,
  valueAct,
  valuesOf,
  visit,
} from '../../test/journal-sample.ts';
import { followJournal } from './follow.ts';
import type { Damage, JournalFilter } from './reader.ts';

interface Follower {
  readonly values: readonly string[];
  readonly damage: readonly Damage[];
  readonly ended: Promise<void>;
  /** Resolves when so many events have come. */
  has(count: number): Promise<void>;
  stop(): void;
}

function follow(folder: string, filter: JournalFilter = {}): Follower {
  const abort = new AbortController();
  const values: string[] = [];
  const damage: Damage[] = [];
  let wake = (): void => undefined;
  const run = async (): Promise<void> => {
    for await (const batch of followJournal(folder, filter, (one) => damage.push(one), abort.signal)) {
      values.push(...valuesOf(batch));
      wake();
    }
  };
  const ended = run();
  onTestFinished(() => abort.abort());
  return {
    values,
    damage,
    ended,
    has: async (count) => {
      while (values.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    stop: () => abort.abort(),
  };
}

describe('followJournal', () => {
  test('begins in a folder that is not there yet', async () => {
    const folder = join(temporaryFolder(), 'journal');
    const follower = follow(folder);

    mkdirSync(folder);
    const journal = await openSample(folder);
    visit(journal).emit(valueAct('first'));
    await follower.has(1);

    expect(follower.values).toEqual(['first']);
  });

  test('gives what is there, then what comes, across segments', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder, { segmentBytes: 2_000 });
    const { emit } = visit(journal);
    for (const value of numbers(20)) emit(valueAct(value));
    await journal.flush();
    const follower = follow(folder);
    await follower.has(20);

    for (const value of numbers(200, 20)) {
      emit(valueAct(value));
      if (Number(value) % 7 === 0) await journal.flush();
    }
    await follower.has(220);

    expect(follower.values).toEqual(numbers(220));
    expect(follower.damage).toEqual([]);
  });

  test('waits for the end of a line', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);
    visit(journal).emit(valueAct('a'));
    visit(journal).emit(valueAct('b'));
    await journal.close();
    const path = join(folder, 'events-0000000001.ndjson');
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, 300));
    const follower = follow(folder);
    await follower.has(1);

    for (let at = 300; at < whole.length; at += 50) {
      appendFileSync(path, whole.subarray(at, at + 50));
    }
    await follower.has(2);

    expect(follower.values).toEqual(['a', 'b']);
    expect(follower.damage).toEqual([]);
  });

  test('does not mix a torn line with the one that a later writer puts in its place', async () => {
    const folder = temporaryFolder();
    const killed = await openSample(folder);
    visit(killed).emit(valueAct('a'));
    visit(killed).emit(valueAct('torn'));
    await killed.close();
    const path = join(folder, 'events-0000000001.ndjson');
    truncateSync(path, readFileSync(path).length - 30);
    const follower = follow(folder);
    await follower.has(1);

    const journal = await openSample(folder);
    visit(journal).emit(valueAct('b'));
    await follower.has(2);

    expect(follower.values).toEqual(['a', 'b']);
    expect(follower.damage).toEqual([]);
  });

  test('filters as readJournal does', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);
    const one = visit(journal);
    const other = visit(journal);
    const follower = follow(folder, { session: other.session });

    one.emit(valueAct('a'));
    other.emit(valueAct('b'));
    await follower.has(1);

    expect(follower.values).toEqual(['b']);
  });

  test('tells an event once that a failed write has left in two segments', async () => {
    const folder = temporaryFolder();
    const journal = await openSample(folder);
    const { emit } = visit(journal);
    for (const value of ['a', 'b']) emit(valueAct(value));
    await journal.close();
    const path = join(folder, 'events-0000000001.ndjson');
    const [, repeated = ''] = readFileSync(path, 'latin1').split('\n');
    const follower = follow(folder);
    await follower.has(2);

    const next = repeated.replace('-0000000002', '-0000000003');
    expect(next).not.toBe(repeated);
    writeFileSync(join(folder, 'events-0000000002.ndjson'), `${repeated}\n`);
    const reopened = await openSample(folder);
    visit(reopened).emit(valueAct('c'));
    await follower.has(3);

    expect(follower.values).toEqual(['a', 'b', 'c']);
  });

  test('follows a new journal in a folder that was emptied', async () => {
    const folder = temporaryFolder();
    const old = await openSample(folder);
    visit(old).emit(valueAct('old'));
    await old.flush();
    const follower = follow(folder);
    await follower.has(1);
    await old.close();

    rmSync(folder, { recursive: true });
    const journal = await openSample(folder, {
      random: { hex: (count) => 'ab'.repeat(count), below: () => 0 },
    });
    visit(journal).emit(valueAct('new'));
    await follower.has(2);

    expect(follower.values).toEqual(['old', 'new']);
  });

  test('ends when the signal aborts, also before it has begun', async () => {
    const folder = temporaryFolder();
    const follower = follow(folder);
    const already = followJournal(folder, {}, () => undefined, AbortSignal.abort());

    follower.stop();
    await follower.ended;

    expect(await already.next()).toEqual({ done: true, value: undefined });
  });
});
