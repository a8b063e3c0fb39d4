import { mkdir } from 'node:fs/promises';
import type { TapeRecorder } from '../model/recording.ts';
import type { Clock } from '../platform/clock.ts';
import { errorCode } from '../platform/error-code.ts';
import type { Random } from '../platform/random.ts';
import { indexSegments } from './library.ts';
import type { PaceLimits } from './pace.ts';
import { createPace, DEFAULT_PACE } from './pace.ts';
import { removeOldest } from './retention.ts';
import { createSegmentWriter } from './segment-writer.ts';
import { createSessionTape } from './session-tape.ts';

/** What all sensors of a process record into. */
export interface Recordings extends TapeRecorder {
  /** Resolves when what has been added so far is in its file, or has been given up. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface RecordingsOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Bytes that all recordings may take; the oldest go first. */
  readonly mostBytes: number;
  /** Bytes kept of one visit. */
  readonly sessionBytes?: number;
  readonly segmentBytes?: number;
  readonly waitingBytes?: number;
  readonly pace?: PaceLimits;
  /** Told once, until it works again. */
  readonly onTrouble: (path: string, error: unknown) => void;
}

const MEGABYTE = 1_048_576;
export const SESSION_BYTES: number = 16 * MEGABYTE;
const SEGMENT_BYTES = 16 * MEGABYTE;
const WAITING_BYTES = 32 * MEGABYTE;
/** What a kill may cost at most. */
const FLUSH_MS = 200;

/** Rejects with the system's error when the folder cannot be made or read. One process writes there at a time. */
export async function openRecordings(options: RecordingsOptions): Promise<Recordings> {
  const { folder, clock, random, mostBytes, onTrouble } = options;
  const { pace: limits = DEFAULT_PACE, sessionBytes = SESSION_BYTES } = options;
  const segmentBytes = Math.min(options.segmentBytes ?? SEGMENT_BYTES, Math.max(MEGABYTE, mostBytes / 4));
  await makeFolder(folder);
  await indexSegments(folder);
  const writer = createSegmentWriter({
    folder,
    clock,
    random,
    segmentBytes,
    waitingBytes: options.waitingBytes ?? WAITING_BYTES,
    prepare: async () => {
      await makeFolder(folder);
      await removeOldest(folder, mostBytes - segmentBytes);
    },
    onTrouble,
  });
  const pace = createPace(clock, limits);
  const resumeAt = { bytes: limits.bytes / 16, frames: limits.frames / 16 };
  const timer = setInterval(() => {
    pace.refill();
    void writer.flush();
  }, FLUSH_MS);
  timer.unref();
  return {
    open: (head, started = clock.monotonic()) => {
      /** To the microsecond. */
      const elapsed = (): number => Math.round((clock.monotonic() - started) * 1_000) / 1_000;
      const budget = pace.enter(head.peer.address);
      const onEnd = (): void => pace.leave(budget);
      return createSessionTape(head, { writer, budget, elapsed, mostBytes: sessionBytes, resumeAt, onEnd });
    },
    flush: () => writer.flush(),
    close: async () => {
      clearInterval(timer);
      await writer.close();
    },
  };
}

/** Its parent is the data folder, which is there. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}
