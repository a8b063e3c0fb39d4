import { open, rename, rm } from 'node:fs/promises';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';

/** A file that is there as a whole or not at all; one that is appended to is there from the start. */
export interface OutputFile {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  /** Leaves what was there before. */
  discard(): Promise<void>;
}

const BATCH = 256 * 1024;

/** Opened before the first server is asked: a path that cannot be written must not cost an audit. */
export async function createOutputFile(
  path: string,
  how: 'replace' | 'append',
  mode = 0o600,
): Promise<OutputFile> {
  const place = how === 'append' ? path : `${path}.part-${process.pid}`;
  const file = await orComplain(path, () => open(place, how === 'append' ? 'a' : 'w', mode));
  let waiting: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    const text = waiting.join('');
    waiting = [];
    length = 0;
    if (text !== '') await orComplain(path, () => file.appendFile(text));
  };
  return {
    write: async (text) => {
      waiting.push(text);
      length += text.length;
      // What is resumed after kill -9 has to be in the file when it was told to be done.
      if (how === 'append' || length > BATCH) await flush();
    },
    end: async () => {
      await flush();
      if (how === 'replace') await orComplain(path, () => file.sync());
      await file.close();
      if (how === 'replace') await orComplain(path, () => rename(place, path));
    },
    discard: async () => {
      await file.close();
      if (how === 'replace') await rm(place, { force: true });
    },
  };
}

async function orComplain<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error) ?? 'error';
    throw new Complaint(`${path} cannot be written (${code}).`, 'Name a file in a folder you may write to.');
  }
}
