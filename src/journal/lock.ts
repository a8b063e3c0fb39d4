import { open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { printableText } from '../model/printable.ts';
import { JournalError } from './journal-error.ts';
import { isAlive, ProcessIdentity, thisProcess } from './process-identity.ts';
import { PRIVATE_FILE } from './segment-file.ts';
import { errorCode } from './trouble.ts';

export interface FolderLock {
  /** The run that held the lock and ended without giving it back. */
  readonly tookOver: { readonly pid?: number } | undefined;
  /** Makes the lock again when it was deleted; rejects with JournalError when another process has it now. */
  hold(): Promise<void>;
  release(): Promise<void>;
}

const LOCK_FILE = 'writer.lock';
/** A lock is written right after it is made: one that stays empty so long was left by a crash. Milliseconds, tries. */
const UNFINISHED_PAUSE = 50;
const TRIES = 20;

/**
 * One writer a folder. Rejects with JournalError while a live process holds the lock, with the system error when the
 * folder cannot be written.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, LOCK_FILE);
  const mine = JSON.stringify(thisProcess());
  let tookOver: { pid?: number } | undefined;

  const take = async (): Promise<void> => {
    for (let tries = 0; tries < TRIES; tries++) {
      if (await createFile(path, mine)) return;
      const found = await readFile(path, 'utf8').catch(() => undefined);
      if (found === undefined) continue;
      const owner = ownerOf(found);
      if (owner === undefined && tries < TRIES / 2) {
        await pause(UNFINISHED_PAUSE);
        continue;
      }
      if (owner !== undefined && isAlive(owner)) throw lockedBy(owner.pid, folder);
      if (await removeStale(path, found)) tookOver = owner === undefined ? {} : { pid: owner.pid };
    }
    throw new JournalError(
      `The lock ${printableText(path)} cannot be taken.`,
      'See that no other Sundew writes there, then delete that file.',
    );
  };
  await take();
  return {
    get tookOver() {
      return tookOver;
    },
    hold: async () => {
      if ((await readFile(path, 'utf8').catch(() => undefined)) !== mine) await take();
    },
    release: async () => {
      const found = await readFile(path, 'utf8').catch(() => undefined);
      if (found === mine) await unlink(path).catch(() => undefined);
    },
  };
}

/** False when there is one already. */
async function createFile(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'wx', PRIVATE_FILE).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(text);
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

function ownerOf(text: string): ProcessIdentity | undefined {
  try {
    return ProcessIdentity.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Two processes may find the same stale lock, and the slower one must not remove the lock that the faster one has made
 * since: the file is moved aside and looked at once more.
 */
async function removeStale(path: string, judged: string): Promise<boolean> {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  const stale = (await readFile(aside, 'utf8').catch(() => '')) === judged;
  if (stale) await unlink(aside).catch(() => undefined);
  else await rename(aside, path);
  return stale;
}

function lockedBy(pid: number, folder: string): JournalError {
  return new JournalError(
    `The journal in ${printableText(folder)} is being written by process ${pid}.`,
    pid === process.pid
      ? 'Close it first.'
      : `Stop that process (kill ${pid}), or choose another data folder with --data DIR.`,
  );
}
