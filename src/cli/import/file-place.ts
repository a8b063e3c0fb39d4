import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { ImportedFile } from './imported-files.ts';

/** How far a growing file was read: everything before `size`, of which `hash` has been fed. */
export interface FilePlace {
  readonly size: number;
  readonly hash: Hash;
}

const CHUNK = 262_144;

/**
 * Where to go on in a file of which a part may have been read before: behind the longest beginning whose length and hash are
 * known. `onSkipped` is handed what lies before.
 */
export async function placeToGoOn(
  file: FileHandle,
  known: Iterable<ImportedFile>,
  onSkipped: (chunk: Buffer) => void,
): Promise<FilePlace> {
  const { size: whole } = await file.stat();
  const bySize = new Map<number, Set<string>>();
  for (const { size, sha256, complete } of known) {
    if (size === undefined || size === 0 || size > whole || !complete) continue;
    bySize.set(size, (bySize.get(size) ?? new Set()).add(sha256));
  }
  const hash = createHash('sha256');
  let found: FilePlace = { size: 0, hash: createHash('sha256') };
  let at = 0;
  for (const size of [...bySize.keys()].toSorted((a, b) => a - b)) {
    at = await feed(file, at, size, (chunk) => hash.update(chunk));
    if (at < size) break;
    if (bySize.get(size)?.has(hash.copy().digest('hex')) === true) found = { size, hash: hash.copy() };
  }
  await feed(file, 0, found.size, onSkipped);
  return found;
}

/** Hands over the bytes from one place to another; returns where it ended, which is earlier when the file does. */
async function feed(
  file: FileHandle,
  from: number,
  to: number,
  onChunk: (chunk: Buffer) => void,
): Promise<number> {
  let at = from;
  while (at < to) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, Math.min(CHUNK, to - at), at);
    if (bytesRead === 0) break;
    onChunk(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return at;
}
