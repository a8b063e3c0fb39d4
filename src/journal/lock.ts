import { open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { printableText } from '../model/printable.ts';
import { errorCode } from '../platform/error-code.ts';
import { JournalError } from './journal-error.ts';
import { isAlive, ProcessIdentity, thisProcess } from './process-identity.ts';
import { PRIVATE_FILE } from './segment-file.ts';

export interface FolderLock {
  /** The run that held the lock and ended without giving it back. */
  readonly tookOver: { readonly pid?: number } | undefined;
  /** Makes the lock again when it was deleted; rejects with JournalError when another process has it now. */
  hold(): Promise<void>;
  release(): Promise<void>;
}

const LOCK_FILE = 'writer.lock';
/** A lock is written right after it is made: one that stays empty so long was left by a crash. Milliseconds, tries. */
const PAUSE = 50;
const TRIES = 20;
const CLAIM = '.claim';

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
      const found = await textOf(path);
      const owner = ownerOf(found);
      if (owner !== undefined && isAlive(owner)) throw lockedBy(owner.pid, folder);
      const stale = owner !== undefined || tries >= TRIES / 2;
      if (found !== undefined && stale && (await removeStale(path, found, mine, tries))) {
        tookOver = owner === undefined ? {} : { pid: owner.pid };
      } else {
        await pause(PAUSE);
      }
    }
    throw new JournalError(
      `The lock ${printableText(path)} cannot be taken.`,
      `See that no other Sundew writes there, then delete ${LOCK_FILE} and ${LOCK_FILE}${CLAIM}.`,
    );
  };
  await take();
  return {
    get tookOver() {
      return tookOver;
    },
    hold: async () => {
      if ((await textOf(path)) !== mine) await take();
    },
    release: async () => {
      if ((await textOf(path)) === mine) await unlink(path).catch(() => undefined);
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

function ownerOf(text: string | undefined): ProcessIdentity | undefined {
  try {
    return ProcessIdentity.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/**
 * Two processes may find the same stale lock, and the slower one must not remove what the faster one has made since. So
 * only the holder of the claim removes, after one more look. False when it was not this process that did.
 */
async function removeStale(path: string, judged: string, mine: string, tries: number): Promise<boolean> {
  const claim = path + CLAIM;
  if (!(await createFile(claim, mine))) {
    const holder = ownerOf(await textOf(claim));
    const left = holder === undefined ? tries >= TRIES - 2 : !isAlive(holder);
    if (left) await unlink(claim).catch(() => undefined);
    return false;
  }
  try {
    if ((await textOf(path)) !== judged) return false;
    await unlink(path);
    return true;
  } finally {
    await unlink(claim).catch(() => undefined);
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function lockedBy(pid: number, folder: string): JournalError {
  return new JournalError(
    `The journal in ${printableText(folder)} is being written by process ${pid}.`,
    pid === process.pid
      ? 'Close it first.'
      : `Stop that process (kill ${pid}), or choose another data folder with --data DIR.`,
  );
}
