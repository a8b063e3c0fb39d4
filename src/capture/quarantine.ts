import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Sighting } from '../model/capture.ts';
import { CaptureRecord } from '../model/capture.ts';
import type { Random } from '../platform/random.ts';
import { elfNames } from './elf.ts';
import { fileKind } from './file-kind.ts';

/** A file on its way in. Nothing of it has its final name before it is whole. */
export interface Spool {
  write(chunk: Uint8Array): void;
  /** The record as it is now, and whether this content is new here. */
  finish(sighting: Sighting): { readonly record: CaptureRecord; readonly fresh: boolean };
  abort(): void;
}

/** Captured files by content: `<sha256>`, read-only, and `<sha256>.json` with what is known of it. Nothing here is ever run. */
export interface Quarantine {
  /** Bytes that still fit. The folder is looked at again when there are fewer than `wanted`. */
  room(wanted?: number): number;
  /** Its `write` throws when the quarantine is full, or the disk. */
  begin(): Spool;
  /** The content, at most `most` bytes of it. */
  content(sha256: string, most: number): Buffer | undefined;
  records(): CaptureRecord[];
}

const SPOOL = '.incoming-';
const MOST_SIGHTINGS = 50;
/** Of a file, what is searched for names: modules are small, and visitors must not wait for it. */
const SEARCHED = 2_097_152;
const NAME = /^[0-9a-f]{64}$/;

/** Throws the system's error when the folder cannot be made or read. What a crash left half-written goes. */
export function openQuarantine(folder: string, quota: number, random: Random): Quarantine {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder))
    if (name.startsWith(SPOOL)) rmSync(join(folder, name), { force: true });
  let bytes = bytesIn(folder);
  /** Of files on their way in, so that several at a time cannot exceed the quota together. */
  let incoming = 0;
  const room = (wanted = 1): number => {
    // The operator may have removed files since.
    if (quota - bytes - incoming < wanted) bytes = bytesIn(folder);
    return Math.max(0, quota - bytes - incoming);
  };
  return {
    room,
    begin: () =>
      createSpool(folder, random, {
        take: (size) => {
          if (room(size) < size) throw new Error('the quarantine is full');
          incoming += size;
        },
        settle: (taken, kept) => {
          incoming -= taken;
          bytes += kept;
        },
      }),
    content: (sha256, most) => contentOf(folder, sha256, most),
    records: () => recordsIn(folder),
  };
}

function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .reduce((sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Reads what a quarantine holds, also while a sensor writes to it. Empty when there is none. */
export function recordsIn(folder: string): CaptureRecord[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .flatMap((name) => recordOf(folder, name) ?? [])
    .toSorted((one, two) => one.lastSeen - two.lastSeen);
}

export function contentOf(folder: string, sha256: string, most: number): Buffer | undefined {
  const path = join(folder, sha256);
  if (!NAME.test(sha256) || !existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(statSync(path).size, most));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

/** A record that is missing or damaged is made again from the content: the file itself is the evidence. */
function recordOf(folder: string, sha256: string): CaptureRecord | undefined {
  const path = join(folder, `${sha256}.json`);
  try {
    const read = CaptureRecord.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (read.success) return read.data;
  } catch {
    // Made again below.
  }
  const { size, mtimeMs } = statSync(join(folder, sha256));
  const time = Math.trunc(mtimeMs);
  return {
    ...described(folder, sha256),
    sha256,
    size,
    firstSeen: time,
    lastSeen: time,
    count: 1,
    sightings: [],
  };
}

function described(folder: string, sha256: string): Pick<CaptureRecord, 'kind' | 'names'> {
  const content = contentOf(folder, sha256, SEARCHED) ?? Buffer.alloc(0);
  return { kind: fileKind(content), names: [...(elfNames(content)?.commands ?? [])] };
}

/** What files on their way in take of the quota. */
interface Share {
  /** Throws when there is no room for so much more. */
  take(size: number): void;
  /** What was taken is no longer on its way; so much of it stays. */
  settle(taken: number, kept: number): void;
}

function createSpool(folder: string, random: Random, share: Share): Spool {
  const path = join(folder, `${SPOOL}${random.hex(12)}`);
  const file = openSync(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  let open = true;
  let settled = false;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  const settle = (kept: number): void => {
    if (!settled) share.settle(size, kept);
    settled = true;
  };
  return {
    write: (chunk) => {
      if (!open) return;
      share.take(chunk.length);
      size += chunk.length;
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at);
    },
    finish: (sighting) => {
      const sha256 = hash.digest('hex');
      const final = join(folder, sha256);
      const fresh = !existsSync(final);
      fsyncSync(file);
      close();
      if (fresh) {
        chmodSync(path, 0o400);
        renameSync(path, final);
      } else rmSync(path, { force: true });
      settle(fresh ? size : 0);
      const record = sighted(folder, sha256, size, fresh, sighting);
      writeRecord(folder, record, random);
      return { record, fresh };
    },
    abort: () => {
      settle(0);
      close();
      rmSync(path, { force: true });
    },
  };
}

function sighted(
  folder: string,
  sha256: string,
  size: number,
  fresh: boolean,
  sighting: Sighting,
): CaptureRecord {
  const before = fresh ? undefined : recordOf(folder, sha256);
  return {
    sha256,
    size,
    kind: before?.kind ?? 'unknown',
    names: before?.names ?? [],
    ...(before === undefined ? described(folder, sha256) : {}),
    firstSeen: before?.firstSeen ?? sighting.time,
    lastSeen: sighting.time,
    count: (before?.count ?? 0) + 1,
    sightings: [...(before?.sightings ?? []), sighting].slice(-MOST_SIGHTINGS),
  };
}

function writeRecord(folder: string, record: CaptureRecord, random: Random): void {
  const path = join(folder, `${SPOOL}${random.hex(12)}`);
  try {
    writeFileSync(path, `${JSON.stringify(record, null, 1)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(path, join(folder, `${record.sha256}.json`));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}
