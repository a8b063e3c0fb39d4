import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../../platform/error-code.ts';
import type { FilePlace } from './file-place.ts';

const CHUNK = 262_144;
/** How often a file that has not grown is looked at again, milliseconds. */
const POLL = 250;
/** Of a line that has not ended so much is held back; a longer one goes on in pieces. */
const LONGEST_HELD = 1_048_576;
const FEED = Buffer.from('\n');

export interface FollowOptions {
  readonly path: string;
  /** Closed at the end, or when another file has taken its name. */
  readonly file: FileHandle;
  readonly from: FilePlace;
  readonly signal: AbortSignal;
  /** Bytes read of the file at hand, and its size. */
  readonly onProgress: (read: number, size: number) => void;
  /** Called when all that is there was handed out, again and again; `leaving` when this file is at its end. */
  readonly onPause: (leaving: boolean) => Promise<void>;
}

export interface Followed {
  /** Whole lines, as they come, until the signal. */
  read(): AsyncGenerator<Buffer>;
  /** What of the file at hand has been handed out and taken. */
  readonly place: FilePlace;
}

/**
 * Reads a file and what is appended to it. When another file takes its name (rotation by renaming), the rest of the old one
 * is read first; when it becomes shorter (rotation by copying and cutting off), it is read from its beginning.
 */
export function followFile({ path, from, signal, onProgress, onPause, ...opened }: FollowOptions): Followed {
  let file = opened.file;
  let { size: taken, hash } = from;
  /** A line that has not ended. */
  let rest = Buffer.alloc(0);

  async function* available(): AsyncGenerator<Buffer> {
    for (;;) {
      const { bytesRead, buffer } = await file.read(
        Buffer.allocUnsafeSlow(CHUNK),
        0,
        CHUNK,
        taken + rest.length,
      );
      if (bytesRead === 0 || signal.aborted) return;
      const piece = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const feed = piece.lastIndexOf(10) + 1;
      const end = feed === 0 && piece.length > LONGEST_HELD ? piece.length : feed;
      if (end > 0) {
        const lines = piece.subarray(0, end);
        rest = Buffer.alloc(0);
        yield lines;
        // Not before: whoever stops reading has not taken it.
        hash.update(lines);
        taken += end;
      }
      rest = Buffer.from(piece.subarray(end));
      onProgress(taken, (await file.stat()).size);
    }
  }
  async function* beginAgain(next: FileHandle | undefined): AsyncGenerator<Buffer> {
    if (rest.length > 0) yield Buffer.concat([rest, FEED]);
    rest = Buffer.alloc(0);
    [taken, hash] = [0, createHash('sha256')];
    if (next === undefined) return;
    await file.close();
    file = next;
  }
  async function* read(): AsyncGenerator<Buffer> {
    try {
      while (!signal.aborted) {
        yield* available();
        await onPause(false);
        await sleep(POLL, undefined, { signal }).catch(() => undefined);
        const next = await successor(path, file);
        if (next === undefined && (await file.stat()).size >= taken + rest.length) continue;
        if (next !== undefined) yield* available();
        await onPause(true);
        yield* beginAgain(next);
      }
    } finally {
      await file.close();
    }
  }
  return {
    read,
    get place() {
      return { size: taken, hash };
    },
  };
}

/** The file that has taken the name of this one; undefined while none has, or when there is none. */
async function successor(path: string, file: FileHandle): Promise<FileHandle | undefined> {
  try {
    const [named, held] = [await stat(path), await file.stat()];
    if (!named.isFile() || (named.ino === held.ino && named.dev === held.dev)) return undefined;
    return await open(path, 'r');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
