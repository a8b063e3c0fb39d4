import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FaultyFolder } from '../../test/journal-faulty-folder.ts';
import { faultyFolder } from '../../test/journal-faulty-folder.ts';
import {
  numbers,
  openSample,
  readAll,
  temporaryFolder,
  valueAct,
  valuesOf,
  visit,
} from '../../test/journal-sample.ts';
import type { Journal, JournalOptions } from './journal.ts';
import { JournalError } from './journal.ts';

interface Sample {
  readonly folder: string;
  readonly files: FaultyFolder;
  readonly journal: Journal;
  readonly heard: string[];
  readonly told: (string | undefined)[];
  say(values: readonly string[]): void;
}

async function sample(options: Partial<JournalOptions> = {}): Promise<Sample> {
  const folder = temporaryFolder();
  const files = faultyFolder(folder);
  const journal = await openSample(folder, { files, ...options });
  const heard: string[] = [];
  const told: (string | undefined)[] = [];
  journal.onAcknowledged((events) => heard.push(...valuesOf(events)));
  journal.onTrouble((message) => told.push(message));
  const { emit } = visit(journal);
  const say = (values: readonly string[]): void => {
    for (const value of values) emit(valueAct(value));
  };
  return { folder, files, journal, heard, told, say };
}

/** Resolves when trouble is told for the next time. */
function nextTrouble(journal: Journal): Promise<string | undefined> {
  return new Promise((resolve) => {
    journal.onTrouble(resolve);
  });
}

/** What was acknowledged and what a reader finds, once nothing waits any more. */
async function outcomeOf({ folder, journal, heard }: Sample) {
  await journal.flush();
  const { events, damage } = await readAll(folder);
  return { heard, read: valuesOf(events), ids: new Set(events.map(({ id }) => id)).size, damage };
}

function allOf(values: readonly string[]) {
  return { heard: values, read: values, ids: values.length, damage: [] };
}

describe('segment writer', () => {
  test('finishes short writes', async () => {
    const one = await sample();
    one.files.most = 7;

    one.say(numbers(20));

    expect(await outcomeOf(one)).toEqual(allOf(numbers(20)));
    expect(one.told).toEqual([]);
  });

  test('waits on a full disk, says so, and goes on by itself', async () => {
    const one = await sample();
    one.say(['before']);
    await one.journal.flush();
    one.files.room = 700;
    const trouble = nextTrouble(one.journal);

    one.say(numbers(10));
    const message = await trouble;
    const status = one.journal.status();
    const whileFull = await readAll(one.folder);
    one.files.room = Number.POSITIVE_INFINITY;

    expect(message).toContain(join(one.folder, 'events-0000000001.ndjson'));
    expect(message).toContain('the disk is full (ENOSPC). Free space on it');
    expect(status).toMatchObject({ trouble: message });
    expect(status.waiting + status.events).toBe(11);
    expect(valuesOf(whileFull.events)).toEqual(one.heard.slice(0, whileFull.events.length));
    expect(whileFull.damage).toEqual([]);
    expect(await outcomeOf(one)).toEqual(allOf(['before', ...numbers(10)]));
    expect(one.told).toEqual([message, undefined]);
    expect(one.journal.status().trouble).toBeUndefined();
    expect(readdirSync(one.folder).filter((name) => name.startsWith('events-'))).toHaveLength(1);
  });

  test.for(Array.from({ length: 24 }, (_, index) => index * 50))(
    'loses and doubles nothing when the disk is full after %i bytes',
    async (room) => {
      const one = await sample();
      one.files.room = room;
      const trouble = nextTrouble(one.journal);

      one.say(numbers(6));
      await trouble;
      one.files.room = Number.POSITIVE_INFINITY;
      one.say(numbers(2, 6));

      expect(await outcomeOf(one)).toEqual(allOf(numbers(8)));
    },
  );

  test.for(['write', 'standing'] as const)('begins a new segment after an error of %s', async (operation) => {
    const one = await sample();
    one.say(['before']);
    await one.journal.flush();
    one.files.fail(operation, 'EIO');
    const trouble = nextTrouble(one.journal);

    one.say(numbers(5));
    const message = await trouble;
    one.files.fail(operation, undefined);

    expect(message).toContain('the disk reports an error (EIO)');
    expect(await outcomeOf(one)).toEqual(allOf(['before', ...numbers(5)]));
    expect(one.told.at(-1)).toBeUndefined();
  });

  test('writes elsewhere what could not be cut back, and readers see it once', async () => {
    const one = await sample();
    one.say(['before']);
    await one.journal.flush();
    one.files.fail('truncate', 'EIO');
    one.files.room = 700;
    const trouble = nextTrouble(one.journal);

    one.say(numbers(10));
    await trouble;
    one.files.room = Number.POSITIVE_INFINITY;
    await one.journal.flush();

    const left = readFileSync(join(one.folder, 'events-0000000001.ndjson'), 'latin1').split('\n');
    expect(left.length).toBeGreaterThan(2);
    expect(await outcomeOf(one)).toEqual(allOf(['before', ...numbers(10)]));
  });

  test('acknowledges nothing that a sync has failed for, and trusts that file no more', async () => {
    const one = await sample({ fsync: 'always' });
    one.say(['before']);
    await one.journal.flush();
    one.files.fail('sync', 'EIO');
    const trouble = nextTrouble(one.journal);

    one.say(numbers(3));
    await trouble;
    const heard = [...one.heard];
    one.files.fail('sync', undefined);

    expect(heard).toEqual(['before']);
    expect(await outcomeOf(one)).toEqual(allOf(['before', ...numbers(3)]));
    expect(readdirSync(one.folder)).toContain('events-0000000002.ndjson');
  });

  test('says when a sync in the background fails, and writes elsewhere', async () => {
    const one = await sample({ fsync: 'second' });
    one.files.fail('sync', 'EIO');
    const trouble = nextTrouble(one.journal);

    one.say(['before']);
    const message = await trouble;
    one.files.fail('sync', undefined);
    one.say(['after']);

    expect(message).toContain('may not survive a power cut');
    expect(await outcomeOf(one)).toEqual(allOf(['before', 'after']));
    expect(readdirSync(one.folder)).toContain('events-0000000002.ndjson');
    expect(one.told.at(-1)).toBeUndefined();
  });

  test('syncs before each acknowledgement with fsync always, and never with never', async () => {
    const always = await sample({ fsync: 'always' });
    const never = await sample({ fsync: 'never' });
    const synced: number[] = [];
    always.journal.onAcknowledged(() => synced.push(always.files.calls.sync));

    for (const value of numbers(3)) {
      always.say([value]);
      never.say([value]);
      await Promise.all([always.journal.flush(), never.journal.flush()]);
    }

    expect(synced).toEqual([1, 2, 3]);
    expect(never.files.calls.sync).toBe(0);
    expect(never.files.calls['folder-sync']).toBe(0);
    expect(always.files.calls['folder-sync']).toBe(1);
  });

  test('makes the folder again when it was deleted, and goes on', async () => {
    const one = await sample();
    one.say(['gone']);
    await one.journal.flush();
    rmSync(one.folder, { recursive: true });
    const trouble = nextTrouble(one.journal);

    one.say(numbers(3));
    const message = await trouble;
    await one.journal.flush();

    expect(message).toContain('it was deleted or moved away (ENOENT)');
    expect(valuesOf((await readAll(one.folder)).events)).toEqual(numbers(3));
    expect(readdirSync(one.folder)).toEqual(['events-0000000002.ndjson', 'journal.json', 'writer.lock']);
    expect(one.told.at(-1)).toBeUndefined();
  });

  test('leaves a segment alone that something else wrote into', async () => {
    const one = await sample();
    one.say(['before']);
    await one.journal.flush();
    const path = join(one.folder, 'events-0000000001.ndjson');
    const foreign = `${readFileSync(path, 'latin1')}${'#'.repeat(2_000)}\n`;
    writeFileSync(path, foreign);
    const trouble = nextTrouble(one.journal);

    one.say(['mine']);
    const message = await trouble;
    await one.journal.flush();

    expect(message).toContain('something else wrote into it (ECHANGED)');
    expect(one.heard).toEqual(['before', 'mine']);
    expect(valuesOf((await readAll(one.folder)).events)).toEqual(['before', 'mine']);
  });

  test('does not overwrite a file that is in the way', async () => {
    const one = await sample();
    const path = join(one.folder, 'events-0000000001.ndjson');
    writeFileSync(path, 'not mine');
    const trouble = nextTrouble(one.journal);

    one.say(['x']);
    const message = await trouble;
    const found = readFileSync(path, 'latin1');
    rmSync(path);

    expect(message).toContain('a file is in the way (EEXIST)');
    expect(found).toBe('not mine');
    expect(await outcomeOf(one)).toEqual(allOf(['x']));
  });

  test.for(['prepare', 'begin', 'folder-sync'] as const)('goes on after %s has failed', async (operation) => {
    const one = await sample({ fsync: 'second' });
    one.files.fail(operation, 'EACCES');
    const trouble = nextTrouble(one.journal);

    one.say(numbers(3));
    const message = await trouble;
    one.files.fail(operation, undefined);

    expect(message).toContain('permission denied (EACCES)');
    expect(await outcomeOf(one)).toEqual(allOf(numbers(3)));
  });

  test('gives up closing when the disk stays full, tells how many were lost, and releases the lock', async () => {
    const one = await sample({ closeWait: 50 });
    one.files.room = 0;
    one.say(numbers(3));
    const flushed = one.journal.flush().catch((error: unknown) => error);

    await one.journal.close();

    expect(await flushed).toBeInstanceOf(JournalError);
    expect(one.told.at(-1)).toMatch(
      /^3 events could not be written before the end\. The journal cannot write/,
    );
    expect(readdirSync(one.folder)).not.toContain('writer.lock');
  });
});
