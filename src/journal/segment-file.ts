import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

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
    prepare: async () => {
      try {
        const made = await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
        if (made !== undefined) await syncParents(path, made);
      } catch {
        // Node's recursive form says ENOENT on a read-only file system; the plain one says what is wrong.
        await mkdir(path, { mode: PRIVATE_FOLDER });
      }
    },
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

/** The names of new folders survive a power cut once their parents are synced; some parents do not let us. */
async function syncParents(path: string, made: string): Promise<void> {
  for (let at = path; at.length >= made.length; at = dirname(at)) {
    await syncFolder(dirname(at)).catch(() => undefined);
  }
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
