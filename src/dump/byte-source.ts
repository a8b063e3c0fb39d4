import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { errorCode } from '../platform/error-code.ts';
import { DumpFault } from './dump-fault.ts';

/** Bytes from front to back, read when they are wanted: what is not read costs nothing. */
export interface ByteSource {
  /** Undefined where nobody knows (a pipe). */
  readonly size: number | undefined;
  /** Puts at most `length` bytes at `from`; 0 at the end. */
  read(into: Buffer, from: number, length: number): number;
  close(): void;
}

/** A file, or standard input by the descriptor 0. Throws what `openSync` throws. */
export function fileSource(path: string | number): ByteSource {
  const descriptor = typeof path === 'number' ? path : openSync(path, 'r');
  const about = fstatSync(descriptor);
  return {
    size: about.isFile() ? about.size : undefined,
    read: (into, from, length) => readSome(descriptor, into, from, length),
    close: () => {
      if (typeof path !== 'number') closeSync(descriptor);
    },
  };
}

const WAIT_MS = 5;
/** An hour: whoever writes into the pipe has gone by then. */
const MOST_WAITS = 720_000;

/** A pipe that has nothing yet says so with EAGAIN. */
function readSome(descriptor: number, into: Buffer, from: number, length: number): number {
  for (let waits = 0; ; waits++) {
    try {
      return readSync(descriptor, into, from, length, null);
    } catch (error) {
      const code = errorCode(error) ?? 'error';
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' || waits >= MOST_WAITS)
        throw new DumpFault(`the system cannot read it (${code})`);
      Atomics.wait(clockFace, 0, 0, WAIT_MS);
    }
  }
}

const clockFace = new Int32Array(new SharedArrayBuffer(4));

/** Bytes in memory, for tests and for pieces of a file. */
export function bufferSource(bytes: Buffer): ByteSource {
  let at = 0;
  return {
    size: bytes.length,
    read: (into, from, length) => {
      const copied = bytes.copy(into, from, at, Math.min(bytes.length, at + length));
      at += copied;
      return copied;
    },
    close: () => undefined,
  };
}
