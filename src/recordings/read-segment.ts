import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Frame } from './frame.ts';
import { LONGEST_FRAME, MAGIC, readFrame } from './frame.ts';
import { SEGMENT_HEAD, saltOf } from './segment-name.ts';

/** Frames in the order of the file, with where they stand; `damaged` counts the places before them that cannot be read. */
export interface FrameBatch {
  readonly frames: readonly { readonly frame: Frame; readonly start: number; readonly end: number }[];
  readonly damaged: number;
}

const CHUNK = 1_048_576;

/**
 * Reads a segment from `start` to `end`, a megabyte at a time. What is damaged is skipped to the next right frame; an
 * unfinished frame at the end is left out. Rejects with the system's error.
 */
export async function* readSegment(
  path: string,
  start = SEGMENT_HEAD,
  end = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<FrameBatch> {
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, 0, SEGMENT_HEAD);
    const salt = saltOf(head, basename(path));
    if (salt === undefined) {
      yield { frames: [], damaged: 1 };
      return;
    }
    let rest: Buffer = Buffer.alloc(0);
    for (let at = Math.max(start, SEGMENT_HEAD); at < end; ) {
      const bytes = await readAt(file, at, Math.min(CHUNK, end - at));
      const last = bytes.length === 0;
      const from = at - rest.length;
      const batch = takeFrames(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]), from, salt, last);
      rest = batch.rest;
      at += bytes.length;
      if (batch.frames.length > 0 || batch.damaged > 0) yield batch;
      if (last) return;
    }
  } finally {
    await file.close();
  }
}

/** Whole frames at the front of `bytes`, which stand at `offset` of the file. */
function takeFrames(
  bytes: Buffer,
  offset: number,
  salt: number,
  last: boolean,
): FrameBatch & { readonly rest: Buffer } {
  const frames = [];
  let at = 0;
  let damaged = 0;
  let lost = false;
  while (at < bytes.length) {
    const found = readFrame(bytes, at, salt);
    if (typeof found === 'object') {
      frames.push({ frame: found.frame, start: offset + at, end: offset + found.end });
      at = found.end;
      lost = false;
      continue;
    }
    if (typeof found === 'number' && !last && bytes.length - at < LONGEST_FRAME) break;
    const next = bytes.indexOf(MAGIC, at + 1);
    // An unfinished frame that nothing follows is where the writer stood, not damage.
    if (!lost && (found === undefined || next >= 0)) damaged++;
    lost = true;
    // A mark may be cut by the end of what has been read.
    at = next >= 0 ? next : last ? bytes.length : Math.max(at + 1, bytes.length - MAGIC.length + 1);
    if (next < 0) break;
  }
  return { frames, damaged, rest: bytes.subarray(at) };
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}
