import type { Event } from '../model/event.ts';
import type { EventQueue } from './event-queue.ts';
import type { SegmentWriter } from './segment-writer.ts';
import { writeTrouble } from './trouble.ts';

/** Bytes written in one go at most. */
const MOST_BYTES = 1024 * 1024;
/** Pauses after a failure, milliseconds: doubled from the first to the last. */
const FIRST_PAUSE = 100;
const LAST_PAUSE = 5_000;

/** One writer for all sessions: whatever is queued while a write is under way goes into the next one. */
export interface GroupCommit {
  /** Something was queued. */
  kick(): void;
  /** Tries again at once after a failure, and from then on often. */
  hurry(): void;
  /** Ends after the write under way; what is queued stays queued. */
  stop(): void;
}

export interface GroupCommitOptions {
  readonly queue: EventQueue;
  readonly writer: SegmentWriter;
  readonly segmentBytes: number;
  /** Sequence number of the first event in the queue. */
  readonly first: () => number;
  readonly onWritten: (events: readonly Event[]) => void;
  readonly onTrouble: (message: string | undefined) => void;
}

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { queue, writer, first, onWritten, onTrouble } = options;
  const most = Math.min(MOST_BYTES, options.segmentBytes);
  let running = false;
  let stopped = false;
  let hurried = false;
  let pause = FIRST_PAUSE;
  let wake = (): void => undefined;

  const rest = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, hurried ? FIRST_PAUSE : pause);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
    await promise;
    pause = Math.min(pause * 2, LAST_PAUSE);
  };
  const run = async (): Promise<void> => {
    for (;;) {
      if (stopped || queue.length === 0) break;
      const batch = queue.head(most);
      const { lines, trouble } = await writer.append(batch, first());
      if (lines > 0) {
        pause = FIRST_PAUSE;
        queue.remove(lines);
        onWritten(batch.slice(0, lines).map(({ event }) => event));
      }
      onTrouble(trouble && writeTrouble(trouble.path, trouble.error));
      if (trouble !== undefined && !stopped) await rest();
    }
    running = false;
  };
  return {
    kick: () => {
      if (running || stopped) return;
      running = true;
      // Not before the events of this turn of the loop are together.
      setImmediate(() => void run());
    },
    hurry: () => {
      hurried = true;
      wake();
    },
    stop: () => {
      stopped = true;
      wake();
    },
  };
}
