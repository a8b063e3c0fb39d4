import { join } from 'node:path';
import { errorCode } from '../platform/error-code.ts';
import type { SegmentFile, SegmentFolder } from './segment-file.ts';
import type { SegmentSummary } from './segment-index.ts';
import { addSegmentSummary } from './segment-index.ts';
import { segmentName } from './segment-name.ts';
import { NO_TIMES } from './segment-scan.ts';

/** When fdatasync is called: before every acknowledgement, once a second, never. docs/journal.md says what survives. */
export type Fsync = 'always' | 'second' | 'never';

interface PendingLine {
  readonly text: string;
  /** Time of the event, for the index. */
  readonly time: number;
}

interface Appended {
  /** How many of the lines are in the file now, from the first on; the others are to be given again. */
  readonly lines: number;
  readonly trouble?: { readonly path: string; readonly error: unknown };
}

/** Appends whole lines to the newest segment; after a failure nothing of the lines not counted is left to be read. */
export interface SegmentWriter {
  /** Never rejects. `first` is the sequence number of the first line. One call at a time. */
  append(lines: readonly PendingLine[], first: number): Promise<Appended>;
  /** Bytes and files that this writer added. */
  readonly added: { readonly bytes: number; readonly segments: number };
  close(): Promise<void>;
}

export interface SegmentWriterOptions {
  readonly folder: SegmentFolder;
  readonly fsync: Fsync;
  readonly segmentBytes: number;
  /** The segment to go on in. */
  readonly newest: (SegmentSummary & { readonly file: SegmentFile }) | undefined;
  /** Makes folder and lock good again, before a file is begun. */
  readonly prepare: () => Promise<void>;
  /** A sync in the background failed: what was acknowledged since the last one may not survive a power cut. */
  readonly onSyncTrouble: (path: string, error: unknown) => void;
}

interface OpenSegment {
  readonly name: string;
  readonly file: SegmentFile;
  /** Length of the acknowledged lines. */
  good: number;
  events: number;
  earliest: number;
  latest: number;
  /** There are acknowledged bytes that no sync has covered. */
  dirty: boolean;
  syncing: Promise<void>;
  /** A sync failed. The kernel may have dropped the pages and would report success next time: write elsewhere. */
  suspect: boolean;
}

const SYNC_EVERY = 1_000;
/** After these the same file is good again once there is room. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);

export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { folder, fsync, segmentBytes, newest, prepare, onSyncTrouble } = options;
  const added = { bytes: 0, segments: 0 };
  let segment: OpenSegment | undefined = newest && openSegment(newest.file, newest);
  /** The file made last. When its name is wanted again, nothing in it was acknowledged. */
  let made = newest?.bytes === 0 ? newest.segment : '';
  let timer: NodeJS.Timeout | undefined;

  const pathOf = (name: string): string => join(folder.path, name);
  const begin = async (first: number): Promise<OpenSegment> => {
    const { name } = segmentName(first);
    await prepare();
    const file = await folder.begin(name).catch(async (error: unknown) => {
      if (errorCode(error) !== 'EEXIST' || name !== made) throw error;
      const leftOver = await folder.resume(name);
      await leftOver.truncate(0);
      added.segments--;
      return leftOver;
    });
    made = name;
    added.segments++;
    if (fsync !== 'never') {
      await folder.sync().catch(async (error: unknown) => {
        await file.close().catch(() => undefined);
        throw error;
      });
    }
    return openSegment(file, { segment: name, bytes: 0, events: 0, ...NO_TIMES });
  };
  const discard = async (bad: OpenSegment): Promise<void> => {
    segment = undefined;
    await bad.file.close().catch(() => undefined);
  };

  const syncAfter = async (one: OpenSegment, earlier: Promise<void>): Promise<void> => {
    await earlier;
    if (!one.dirty) return;
    one.dirty = false;
    try {
      await one.file.sync();
    } catch (error) {
      one.suspect = true;
      onSyncTrouble(pathOf(one.name), error);
    }
  };
  /** Syncs of one file run one after the other; each covers what was acknowledged before it. */
  const sync = (one: OpenSegment): Promise<void> => {
    one.syncing = syncAfter(one, one.syncing);
    return one.syncing;
  };
  const syncSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (segment !== undefined) void sync(segment);
    }, SYNC_EVERY);
  };
  const end = async (one: OpenSegment): Promise<void> => {
    if (fsync !== 'never') await sync(one);
    await discard(one);
  };

  const confirm = async (one: OpenSegment, length: number): Promise<void> => {
    if ((await one.file.standing()) !== length) throw fault('ECHANGED', 'its length is not what was written');
  };
  /** Cuts the file back; false when that cannot be done. */
  const cutBack = async (one: OpenSegment, length: number): Promise<boolean> => {
    try {
      await one.file.truncate(length);
      await confirm(one, length);
      return true;
    } catch {
      return false;
    }
  };
  /** Writes all bytes; tells how far it came and why not farther. */
  const write = async (one: OpenSegment, bytes: Buffer): Promise<{ done: number; error?: unknown }> => {
    let done = 0;
    try {
      while (done < bytes.length) {
        const count = await one.file.write(bytes.subarray(done), one.good + done);
        if (count === 0) throw fault('EIO', 'nothing was written');
        done += count;
      }
    } catch (error) {
      return { done, error };
    }
    return { done };
  };
  const commit = (one: OpenSegment, lines: readonly PendingLine[], bytes: number): void => {
    for (const { time } of lines) {
      one.earliest = Math.min(one.earliest, time);
      one.latest = Math.max(one.latest, time);
    }
    one.events += lines.length;
    one.good += bytes;
    one.dirty = fsync !== 'always';
    added.bytes += bytes;
    if (fsync === 'second') syncSoon();
  };

  const giveUp = async (one: OpenSegment, error: unknown): Promise<Appended> => {
    await cutBack(one, one.good);
    await discard(one);
    return { lines: 0, trouble: { path: pathOf(one.name), error } };
  };
  /** Brings lines into the file and makes sure of it. Rejects when the file is not as it was left. */
  const put = async (one: OpenSegment, lines: readonly PendingLine[], bytes: Buffer): Promise<Appended> => {
    const { done, error } = await write(one, bytes);
    const whole = error === undefined ? { count: lines.length, bytes: done } : wholeLines(lines, done);
    if (error === undefined) await confirm(one, one.good + done);
    else if (!NO_ROOM.has(errorCode(error) ?? '')) return giveUp(one, error);
    else if (!(await cutBack(one, one.good + whole.bytes))) return giveUp(one, error);
    if (fsync === 'always' && whole.count > 0) {
      try {
        await one.file.sync();
      } catch (failure) {
        return giveUp(one, failure);
      }
    }
    commit(one, lines.slice(0, whole.count), whole.bytes);
    return error === undefined
      ? { lines: whole.count }
      : { lines: whole.count, trouble: { path: pathOf(one.name), error } };
  };

  return {
    added,
    append: async (lines, first) => {
      const bytes = Buffer.from(lines.map(({ text }) => text).join(''), 'latin1');
      if (segment?.suspect === true) await discard(segment);
      if (segment !== undefined && segment.good > 0 && segment.good + bytes.length > segmentBytes) {
        const finished = segment;
        await end(finished);
        await addSegmentSummary(folder.path, summaryOf(finished));
      }
      try {
        segment ??= await begin(first);
      } catch (error) {
        return { lines: 0, trouble: { path: pathOf(segmentName(first).name), error } };
      }
      const one = segment;
      try {
        return await put(one, lines, bytes);
      } catch (error) {
        // Not cut back: what stands there may be somebody else's.
        await discard(one);
        return { lines: 0, trouble: { path: pathOf(one.name), error } };
      }
    },
    close: async () => {
      clearTimeout(timer);
      if (segment !== undefined) await end(segment);
    },
  };
}

function openSegment(file: SegmentFile, summary: SegmentSummary): OpenSegment {
  const { segment: name, bytes: good, events, earliest, latest } = summary;
  const syncing = Promise.resolve();
  return { name, file, good, events, earliest, latest, dirty: false, syncing, suspect: false };
}

function summaryOf({ name, good, events, earliest, latest }: OpenSegment): SegmentSummary {
  return { segment: name, bytes: good, events, earliest, latest };
}

/** How many lines stand wholly in the first `written` bytes. */
function wholeLines(
  lines: readonly PendingLine[],
  written: number,
): { readonly count: number; readonly bytes: number } {
  let count = 0;
  let bytes = 0;
  for (const { text } of lines) {
    if (bytes + text.length > written) break;
    bytes += text.length;
    count++;
  }
  return { count, bytes };
}

function fault(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
