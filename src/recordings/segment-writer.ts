import type { FileHandle } from 'node:fs/promises';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { LONGEST_FRAME, writeFrame } from './frame.ts';
import type { SegmentIndex } from './segment-index.ts';
import { createSegmentIndex, indexText } from './segment-index.ts';
import { indexName, SEGMENT_HEAD, segmentHead, segmentName } from './segment-name.ts';

/** Where frames are being written to. */
export interface Segment {
  readonly name: string;
  readonly salt: number;
  readonly index: SegmentIndex;
  /** Length that it will have once all is written. */
  length: number;
}

export interface SegmentWriter {
  /** The segment that takes so many bytes more. */
  segmentFor(bytes: number): Segment;
  /** False when too much waits for the disk already. `said` is what a head or gap says. */
  append(frame: PendingFrame, length: number): boolean;
  /** True while little waits for the disk. */
  roomy(): boolean;
  /** Writes what waits; never rejects. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export type PendingFrame = Parameters<typeof writeFrame>[3] & { readonly said?: unknown };

interface Block {
  readonly segment: Segment;
  readonly bytes: Buffer;
  used: number;
}

export interface SegmentWriterOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly segmentBytes: number;
  /** Bytes that may wait for the disk. */
  readonly waitingBytes: number;
  /** Called before a segment is begun, to make room for it. */
  readonly prepare: () => Promise<void>;
  /** Told once, until something could be written again. */
  readonly onTrouble: (path: string, error: unknown) => void;
}

const PRIVATE_FILE = 0o600;
const BLOCK = 2 * LONGEST_FRAME;
/** Bytes that are not left to wait for the next flush. */
const HURRY = 1_048_576;
/** After the disk refused, nothing is tried for so long. */
const REST_MS = 5_000;

export function createSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  const { folder, clock, random, segmentBytes, waitingBytes, prepare, onTrouble } = options;
  let segment: Segment | undefined;
  let blocks: Block[] = [];
  let waiting = 0;
  let writing = Promise.resolve();
  let hurried = false;
  let file: { readonly segment: Segment; readonly handle: FileHandle } | undefined;
  let restUntil = Number.NEGATIVE_INFINITY;
  let troubled = false;

  const fresh = (): Segment => {
    const salt = Number.parseInt(random.hex(4), 16);
    const name = segmentName(clock.now(), salt);
    return { name, salt, index: createSegmentIndex(), length: SEGMENT_HEAD };
  };
  const finish = async (): Promise<void> => {
    if (file === undefined) return;
    const { segment: done, handle } = file;
    file = undefined;
    await handle.close();
    await writeFile(join(folder, indexName(done.name)), indexText(done.index, done.length), {
      mode: PRIVATE_FILE,
    });
  };
  const fileFor = async (wanted: Segment): Promise<FileHandle> => {
    if (file?.segment === wanted) return file.handle;
    await finish();
    await prepare();
    const handle = await open(join(folder, wanted.name), 'wx', PRIVATE_FILE);
    file = { segment: wanted, handle };
    await handle.writeFile(segmentHead(wanted.salt));
    return handle;
  };
  /** What could not be written is lost, and its segment ends: readers see which frames are missing. */
  const giveUp = async (broken: Segment, error: unknown): Promise<void> => {
    restUntil = clock.monotonic() + REST_MS;
    if (segment === broken) segment = undefined;
    blocks = blocks.filter((block) => {
      if (block.segment === broken) waiting -= block.used;
      return block.segment !== broken;
    });
    if (file?.segment === broken) {
      await file.handle.close().catch(() => undefined);
      file = undefined;
    }
    if (!troubled) onTrouble(join(folder, broken.name), error);
    troubled = true;
  };
  const write = async (): Promise<void> => {
    hurried = false;
    for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
      try {
        const handle = await fileFor(block.segment);
        await handle.writeFile(block.bytes.subarray(0, block.used));
        troubled = false;
      } catch (error) {
        await giveUp(block.segment, error);
      }
      waiting -= block.used;
    }
  };
  const flush = (): Promise<void> => {
    writing = writing.then(write);
    return writing;
  };
  return {
    segmentFor: (bytes) => {
      if (segment === undefined || segment.length + bytes > segmentBytes) segment = fresh();
      return segment;
    },
    append: (frame, length) => {
      if (waiting + length > waitingBytes || clock.monotonic() < restUntil || segment === undefined)
        return false;
      let block = blocks.at(-1);
      if (block?.segment !== segment || block.bytes.length - block.used < length) {
        block = { segment, bytes: Buffer.allocUnsafeSlow(BLOCK), used: 0 };
        blocks.push(block);
      }
      block.used = writeFrame(block.bytes, block.used, segment.salt, frame);
      segment.index.note(frame, segment.length, segment.length + length);
      segment.length += length;
      waiting += length;
      if (waiting > HURRY && !hurried) {
        hurried = true;
        void flush();
      }
      return true;
    },
    roomy: () => waiting < waitingBytes / 2 && clock.monotonic() >= restUntil,
    flush,
    close: async () => {
      await flush();
      await finish().catch((error: unknown) => onTrouble(folder, error));
    },
  };
}
