import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { errorCode } from '../platform/error-code.ts';

/** The file operations of the writer. All may reject with a system error (`code`). */
export interface SegmentFile {
  /** Writes at a position; resolves to how many bytes, perhaps fewer than asked. */
  write(bytes: Buffer, position: number): Promise<number>;
  truncate(length: number): Promise<void>;
  /** fdatasync: the bytes and the length survive a power cut when it resolves. */
  sync(): Promise<void>;
  /** Length of the file that has the name now; rejects with ENOENT when that is not this file any more. */
  standing(): Promise<number>;
  close(): Promise<void>;
}

/** Where segments stand. Handed in, so that tests can have full disks and short writes. */
export interface SegmentFolder {
  readonly path: string;
  /** Makes the folder when it is not there. */
  prepare(): Promise<void>;
  /** A new file; rejects with EEXIST when there is one. */
  begin(name: string): Promise<SegmentFile>;
  /** An existing file. */
  resume(name: string): Promise<SegmentFile>;
  /** fsync of the folder: new names survive a power cut when it resolves. */
  sync(): Promise<void>;
}

/** Evidence and tried passwords are for the operator's eyes. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

export function segmentFolder(folder: string): SegmentFolder {
  const path = resolve(folder);
  const at = async (name: string, flags: string): Promise<SegmentFile> => {
    const file = join(path, name);
    return segmentFile(file, await open(file, flags, PRIVATE_FILE));
  };
  return {
    path,
    prepare: () => makeFolder(path),
    begin: (name) => at(name, 'wx+'),
    resume: (name) => at(name, 'r+'),
    sync: () => syncFolder(path),
  };
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes a folder and those above it. Node's own recursive form never returns below /proc and says ENOENT on a read-only
 * file system. The names of new folders survive a power cut once their parents are synced; some parents do not let us.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: PRIVATE_FOLDER });
  } catch (error) {
    const parent = dirname(path);
    if (errorCode(error) === 'EEXIST' && (await isFolder(path))) return;
    if (errorCode(error) !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    return makeFolder(path);
  }
  await syncFolder(dirname(path)).catch(() => undefined);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function segmentFile(path: string, handle: FileHandle): Promise<SegmentFile> {
  const self = await handle.stat().catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return {
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    truncate: (length) => handle.truncate(length),
    sync: () => handle.datasync(),
    standing: async () => {
      const found = await stat(path);
      if (found.ino === self.ino && found.dev === self.dev) return found.size;
      throw Object.assign(new Error('another file has taken its name'), { code: 'ENOENT' });
    },
    close: () => handle.close(),
  };
}
