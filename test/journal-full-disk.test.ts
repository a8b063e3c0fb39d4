import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  numbers,
  openSample,
  readAll,
  temporaryFolder,
  valueAct,
  valuesOf,
  visit,
} from './journal-sample.ts';

/** Mounts a tiny file system in memory; undefined with the reason when this machine does not let us. */
function mountTiny(bytes: number): { folder: string } | { reason: string } {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return { reason: 'only root can mount a tmpfs' };
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (mount.status !== 0) return { reason: `mount failed: ${mount.stderr.trim()}` };
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return { folder };
}

describe('a journal on a disk that is really full', () => {
  test('waits, says so, and loses and doubles nothing once there is room', async ({ skip }) => {
    const disk = mountTiny(256 * 1024);
    if ('reason' in disk) return skip(disk.reason);
    const folder = join(disk.folder, 'journal');
    const ballast = join(disk.folder, 'ballast');
    const journal = await openSample(folder, { fsync: 'always', closeWait: 2_000 });
    writeFileSync(ballast, Buffer.alloc(160 * 1024));
    const trouble = new Promise<string | undefined>((resolve) => {
      journal.onTrouble(resolve);
    });
    const { emit } = visit(journal);

    for (const value of numbers(500)) emit(valueAct(value));
    const message = await trouble;
    const whileFull = await readAll(folder);
    rmSync(ballast);
    await journal.flush();

    expect(message).toContain('the disk is full (ENOSPC)');
    expect(whileFull.damage).toEqual([]);
    expect(whileFull.events.length).toBeLessThan(500);
    const { events, damage } = await readAll(folder);
    expect(valuesOf(events)).toEqual(numbers(500));
    expect(damage).toEqual([]);
    expect(journal.status().trouble).toBeUndefined();
  });

  test('cannot be opened, and says why', async ({ skip }) => {
    const disk = mountTiny(64 * 1024);
    if ('reason' in disk) return skip(disk.reason);
    writeFileSync(join(disk.folder, 'ballast'), Buffer.alloc(64 * 1024));

    const refused = openSample(join(disk.folder, 'journal'));

    await expect(refused).rejects.toThrow('the disk is full (ENOSPC)');
  });

  test('cannot be opened on a read-only file system, and says why', async ({ skip }) => {
    const disk = mountTiny(64 * 1024);
    if ('reason' in disk) return skip(disk.reason);
    execFileSync('mount', ['-o', 'remount,ro', disk.folder]);

    const refused = openSample(join(disk.folder, 'journal'));

    await expect(refused).rejects.toThrow('the file system is read-only (EROFS)');
  });
});
