import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/journal-sample.ts';
import { lockFolder } from './lock.ts';
import { thisProcess } from './process-identity.ts';

const DEAD = { ...thisProcess(), pid: 2_147_483_646 };

describe('lockFolder', () => {
  test('refuses a folder that a live process writes, naming the process', async () => {
    const folder = temporaryFolder();
    await lockFolder(folder);

    await expect(lockFolder(folder)).rejects.toThrow(`is being written by process ${process.pid}`);
  });

  test('gives the folder back', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder);

    await lock.release();

    expect(readdirSync(folder)).toEqual([]);
    expect((await lockFolder(folder)).tookOver).toBeUndefined();
  });

  test('takes over the lock of a process that is gone', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'writer.lock'), JSON.stringify(DEAD));

    const lock = await lockFolder(folder);

    expect(lock.tookOver).toEqual({ pid: DEAD.pid });
    expect(JSON.parse(readFileSync(join(folder, 'writer.lock'), 'utf8'))).toEqual(thisProcess());
    expect(readdirSync(folder)).toEqual(['writer.lock']);
  });

  test.for(['', 'junk', '{"pid":"1"}', '[]'])('takes over the broken lock %j', async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'writer.lock'), text);

    expect((await lockFolder(folder)).tookOver).toEqual({});
  });

  test('is taken by one of many that find the same stale lock', async () => {
    for (let round = 0; round < 20; round++) {
      const folder = temporaryFolder();
      writeFileSync(join(folder, 'writer.lock'), JSON.stringify(DEAD));

      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  test('is taken over although another process crashed while it did', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'writer.lock'), JSON.stringify(DEAD));
    writeFileSync(join(folder, 'writer.lock.claim'), JSON.stringify(DEAD));

    const lock = await lockFolder(folder);

    expect(lock.tookOver).toEqual({ pid: DEAD.pid });
    expect(readdirSync(folder)).toEqual(['writer.lock']);
  });

  test('is made again when it was deleted', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder);
    rmSync(join(folder, 'writer.lock'));

    await lock.hold();

    expect(existsSync(join(folder, 'writer.lock'))).toBe(true);
  });

  test('leaves the lock of another process alone when released late', async () => {
    const folder = temporaryFolder();
    const lock = await lockFolder(folder);
    writeFileSync(join(folder, 'writer.lock'), JSON.stringify(DEAD));

    await lock.release();

    expect(existsSync(join(folder, 'writer.lock'))).toBe(true);
  });
});
