import { open } from 'node:fs/promises';
import { LINE_LIMIT } from './line.ts';

/** One whole line. */
export interface SegmentLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without its newline; undefined when it is longer than the limit. Valid until the next read. */
  readonly bytes: Buffer | undefined;
  /** Offset in the file behind its newline. */
  readonly end: number;
}

/** Reads the lines of a file that may still grow, with memory for one line of the limit. */
export interface SegmentReader {
  /** The next whole lines; none at the present end of the file. Rejects with the system error. */
  read(): Promise<readonly SegmentLine[]>;
  /** Bytes behind the last newline, once the end was reached. */
  readonly unfinished: number;
  close(): Promise<void>;
}

/** How much is read at a time: a batch of some hundred events. */
const CHUNK = 256 * 1024;
const NEWLINE = 10;

export async function openSegmentReader(path: string, lineLimit = LINE_LIMIT): Promise<SegmentReader> {
  const file = await open(path, 'r');
  let buffer = Buffer.allocUnsafe(CHUNK);
  /** Bytes in `buffer`: `taken` of them were handed out as lines, the rest begins a line. */
  let held = 0;
  let taken = 0;
  /** Bytes of a line beyond the limit that were read and forgotten. */
  let forgotten = 0;
  let lines = 0;
  /** Bytes read from the file. */
  let position = 0;
  let unfinished = 0;

  const resize = (size: number): void => {
    const other = Buffer.allocUnsafe(size);
    buffer.copy(other, 0, 0, held);
    buffer = other;
  };
  const makeRoom = (): void => {
    buffer.copyWithin(0, taken, held);
    held -= taken;
    taken = 0;
    if (held > lineLimit) {
      forgotten += held;
      held = 0;
    }
    if (held === buffer.length) resize(Math.min(held * 2, lineLimit + CHUNK));
    else if (buffer.length > CHUNK && held <= CHUNK / 2) resize(CHUNK);
  };
  /** Hands out the lines that end among the bytes from `fresh` on. */
  const takeLines = (fresh: number): SegmentLine[] => {
    const found: SegmentLine[] = [];
    const filled = buffer.subarray(0, held);
    for (let at = filled.indexOf(NEWLINE, fresh); at >= 0; at = filled.indexOf(NEWLINE, at + 1)) {
      const tooLong = forgotten > 0 || at - taken > lineLimit;
      const bytes = tooLong ? undefined : filled.subarray(taken, at);
      lines++;
      found.push({ number: lines, bytes, end: position - held + at + 1 });
      forgotten = 0;
      taken = at + 1;
    }
    return found;
  };

  /**
   * The unfinished line is read again next time: after a crash of its writer another line may stand in its place. One
   * beyond the limit is not worth that.
   */
  const rewind = (): void => {
    unfinished = held + forgotten;
    if (forgotten > 0) return;
    position -= held;
    held = 0;
  };

  return {
    read: async () => {
      for (;;) {
        makeRoom();
        const { bytesRead } = await file.read(buffer, held, buffer.length - held, position);
        if (bytesRead === 0) {
          rewind();
          return [];
        }
        unfinished = 0;
        const fresh = held;
        held += bytesRead;
        position += bytesRead;
        const found = takeLines(fresh);
        if (found.length > 0) return found;
      }
    },
    get unfinished() {
      return unfinished;
    },
    close: () => file.close(),
  };
}
