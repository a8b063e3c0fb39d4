import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { errorCode } from '../../../platform/error-code.ts';
import { FIRST_CHAIN } from './chain.ts';

const NAME = /^\d{8}T\d{6}-[0-9a-f]{8,32}(?:-w\d{1,3})?-\d{4,6}\.ndjson$/;
const OF_A_WORKER = /-w\d{1,3}-\d{4,6}\.ndjson$/;
/** More than the longest line. */
const TAIL_BYTES = 262_144;

/** The files of a log, oldest first. Throws what the file system throws, but for a folder that is not there. */
export function logFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => NAME.test(name))
      .toSorted();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A worker of a run wrote it: the files of the run itself say where it has to begin and end. */
export function isOfWorker(name: string): boolean {
  return OF_A_WORKER.test(name);
}

/** The chain of the last whole line, as it stands there, unchecked. */
export function lastChainOf(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString('utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return /"chain":"([0-9a-f]{64})"\}\n$/.exec(whole.slice(-100))?.[1] ?? FIRST_CHAIN;
  } finally {
    closeSync(descriptor);
  }
}
