import type { Event } from '../model/event.ts';
import type { Origin, PastRecorder, PastSession, Recorder } from '../model/recorder.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { asciiJson } from './ascii-json.ts';
import { eventId } from './event-id.ts';
import { createEventQueue } from './event-queue.ts';
import { fitAct } from './fit-act.ts';
import { createGroupCommit } from './group-commit.ts';
import { JournalError } from './journal-error.ts';
import { encodeLine, LINE_LIMIT } from './line.ts';
import { createListeners } from './listeners.ts';
import { openWriter } from './open-writer.ts';
import { createProgress } from './progress.ts';
import type { SegmentFolder } from './segment-file.ts';
import { segmentFolder } from './segment-file.ts';
import type { Fsync } from './segment-writer.ts';
import { syncTrouble } from './trouble.ts';

export { JournalError } from './journal-error.ts';
export type { Fsync } from './segment-writer.ts';

export interface JournalStatus {
  /** In the journal, as far as they can be read. */
  readonly events: number;
  readonly bytes: number;
  readonly segments: number;
  /** Events that are not acknowledged yet. */
  readonly waiting: number;
  /** What is wrong and what to do, while it is. */
  readonly trouble?: string;
}

export interface Journal extends Recorder, PastRecorder {
  /** What opening put right, for the operator. */
  readonly recovered: readonly string[];
  /** Listeners get events only once they are in a segment file (acknowledged), in order, in batches. */
  onAcknowledged(listener: (events: readonly Event[]) => void): void;
  /** The disk is full or cannot be written: file, reason, remedy; undefined when that is over. */
  onTrouble(listener: (message: string | undefined) => void): void;
  status(): JournalStatus;
  /** Resolves when all that was emitted so far is acknowledged; rejects with JournalError when `close` gave up. */
  flush(): Promise<void>;
  /**
   * Writes what waits and gives the lock back; waits as long as writing makes headway, in trouble some seconds longer.
   * What could not be written then is told as trouble. Acts emitted later are lost: close sensors first.
   */
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly fsync?: Fsync;
  /** Length at which a new segment is begun. */
  readonly segmentBytes?: number;
  /** Bytes that may wait before `saturated`. */
  readonly queueBytes?: number;
  /** How long `close` waits without headway while there is trouble, milliseconds. */
  readonly closeWait?: number;
  /** The file operations, for tests. */
  readonly files?: SegmentFolder;
}

const SEGMENT_BYTES = 64 * 1024 * 1024;
const QUEUE_BYTES = 16 * 1024 * 1024;
const CLOSE_WAIT = 5_000;

/**
 * Opens the journal of a folder for writing. Rejects with JournalError when the folder cannot be written, a file is
 * in the way, or a live process writes there.
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { clock, random, fsync = 'second', segmentBytes = SEGMENT_BYTES, closeWait = CLOSE_WAIT } = options;
  const acknowledged = createListeners<readonly Event[]>();
  const troubles = createListeners<string | undefined>();
  let trouble: string | undefined;
  const setTrouble = (message: string | undefined): void => {
    if (message === trouble) return;
    trouble = message;
    troubles.tell(message);
  };

  const { lock, recovery, writer } = await openWriter(
    options.files ?? segmentFolder(options.folder),
    random,
    { fsync, segmentBytes, onSyncTrouble: (path, error) => setTrouble(syncTrouble(path, error)) },
  );
  const queue = createEventQueue(options.queueBytes ?? QUEUE_BYTES);
  const progress = createProgress();
  const commit = createGroupCommit({
    queue,
    writer,
    segmentBytes,
    first: () => recovery.next + progress.done,
    onWritten: (events) => {
      progress.advance(events.length);
      acknowledged.tell(events);
    },
    onTrouble: setTrouble,
  });
  let emitted = 0;
  let closed = false;
  let closing: Promise<void> | undefined;

  const flush = (): Promise<void> => progress.reaches(emitted);
  const close = async (): Promise<void> => {
    commit.hurry();
    const last = flush().then(() => {
      closed = true;
      return flush();
    });
    const written = await progress.unlessStuck(last, closeWait, () => trouble !== undefined);
    closed = true;
    commit.stop();
    if (!written) {
      const lost = `${queue.length} events could not be written before the end. ${trouble ?? ''}`.trim();
      progress.fail(new JournalError(lost, 'Free the disk before the next start.'));
      setTrouble(lost);
    }
    await progress.unlessStuck(writer.close(), closeWait, () => trouble !== undefined);
    await lock.release();
  };

  const openPast = ({ vantage, sensor, peer: { address, port } }: Origin): PastSession => {
    const session = random.hex(8);
    const peer = Object.freeze({ address, port });
    const origin =
      `"vantage":"${vantage}","sensor":${asciiJson(sensor)},"session":"${session}",` +
      `"peer":${asciiJson(peer)},"act":`;
    return {
      session,
      emit: (said, time) => {
        if (closed) return;
        const id = eventId(recovery.identity.id, recovery.next + emitted++);
        const start = `"id":"${id}","time":${time},${origin}`;
        let act = said;
        let line = encodeLine(`${start}${asciiJson(act)}}`);
        if (line.length > LINE_LIMIT) {
          act = fitAct(said);
          line = encodeLine(`${start}${asciiJson(act)}}`);
        }
        queue.add({ id, time, vantage, sensor, session, peer, act }, line);
        commit.kick();
      },
    };
  };

  return {
    recovered: recoveredMessages(lock.tookOver, recovery.messages),
    open: (origin) => {
      const { session, emit } = openPast(origin);
      return { session, emit: (act) => emit(act, clock.now()) };
    },
    openPast,
    get saturated() {
      return queue.saturated;
    },
    drained: () => queue.drained(),
    onAcknowledged: (listener) => acknowledged.add(listener),
    onTrouble: (listener) => troubles.add(listener),
    status: () => ({
      events: recovery.events + progress.done,
      bytes: recovery.bytes + writer.added.bytes,
      segments: recovery.segments + writer.added.segments,
      waiting: queue.length,
      ...(trouble === undefined ? {} : { trouble }),
    }),
    flush,
    close: () => (closing ??= close()),
  };
}

function recoveredMessages(
  tookOver: { readonly pid?: number } | undefined,
  messages: readonly string[],
): readonly string[] {
  if (tookOver === undefined) return messages;
  const who = tookOver.pid === undefined ? 'the last writer' : `the last writer (process ${tookOver.pid})`;
  return [`The journal was not closed by ${who}; its lock was taken over.`, ...messages];
}
