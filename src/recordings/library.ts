import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingHead } from '../model/recording.ts';
import { errorCode } from '../platform/error-code.ts';
import { readSegment } from './read-segment.ts';
import type { SegmentEntry } from './segment-index.ts';
import { createSegmentIndex, indexText, parseIndex, saidBy } from './segment-index.ts';
import { indexName, isSegmentName } from './segment-name.ts';

/** One visit that was recorded, over all segments that hold some of it. */
export interface Recording {
  readonly head: RecordingHead;
  /** Milliseconds from its opening to its last frame. */
  readonly ms: number;
  readonly frames: number;
  /** Bytes that are kept of each side, and of both that are not. */
  readonly visitor: number;
  readonly sensor: number;
  readonly lost: number;
  /** Whether its beginning and its end are there: the one goes when old segments do, the other comes last. */
  readonly begun: boolean;
  readonly ended: boolean;
  readonly parts: readonly Part[];
}

/** Where some of it stands. */
export interface Part {
  readonly path: string;
  readonly first: number;
  readonly start: number;
  readonly end: number;
}

/** What is told of a recording; where it stands is nobody's business. */
export function withoutParts({
  head,
  ms,
  frames,
  visitor,
  sensor,
  lost,
  begun,
  ended,
}: Recording): Omit<Recording, 'parts'> {
  return { head, ms, frames, visitor, sensor, lost, begun, ended };
}

/** All recordings of a folder, the oldest first; empty when there is no folder. Rejects with the system's error. */
export async function listRecordings(folder: string): Promise<Recording[]> {
  return gather(folder, '');
}

/** The recordings whose session begins with these characters. */
export async function findRecordings(folder: string, session: string): Promise<Recording[]> {
  const found = await gather(folder, `"session":${JSON.stringify(session).slice(0, -1)}`);
  return found.filter(({ head }) => head.session.startsWith(session));
}

/** Gives each segment an index that has none: the last one of a process that was killed. */
export async function indexSegments(folder: string): Promise<void> {
  for (const name of await segmentsIn(folder)) {
    const path = join(folder, name);
    const size = await sizeOf(path);
    if (size === undefined || (await indexOf(folder, name, size, '\n')) !== undefined) continue;
    const index = await scan(path);
    await writeFile(join(folder, indexName(name)), indexText(index, size), { mode: 0o600 }).catch(
      () => undefined,
    );
  }
}

async function gather(folder: string, wanted: string): Promise<Recording[]> {
  const entries = new Map<string, { path: string; entry: SegmentEntry }[]>();
  for (const name of await segmentsIn(folder)) {
    const path = join(folder, name);
    for (const entry of await entriesOf(folder, name, wanted)) {
      const { session } = entry.head;
      const known = entries.get(session);
      if (known === undefined) entries.set(session, [{ path, entry }]);
      else known.push({ path, entry });
    }
  }
  return [...entries.values()].map(recordingOf).toSorted((one, two) => one.head.opened - two.head.opened);
}

function recordingOf(found: readonly { readonly path: string; readonly entry: SegmentEntry }[]): Recording {
  // By their own count: a clock that was set back gives segments names in another order.
  const parts = found.toSorted((one, two) => one.entry.first - two.entry.first);
  const sum = (figure: (entry: SegmentEntry) => number): number =>
    parts.reduce((total, { entry }) => total + figure(entry), 0);
  const [first] = parts;
  if (first === undefined) throw new Error('a recording of no segment');
  return {
    head: first.entry.head,
    ms: Math.max(...parts.map(({ entry }) => entry.ms)),
    frames: sum(({ frames }) => frames),
    visitor: sum(({ visitor }) => visitor),
    sensor: sum(({ sensor }) => sensor),
    lost: sum(({ lost }) => lost),
    begun: first.entry.first === 0,
    ended: parts.some(({ entry }) => entry.ended),
    parts: parts.map(({ path, entry: { first: at, start, end } }) => ({ path, first: at, start, end })),
  };
}

async function entriesOf(folder: string, name: string, wanted: string): Promise<readonly SegmentEntry[]> {
  const path = join(folder, name);
  const size = await sizeOf(path);
  // Removed in the meantime.
  if (size === undefined) return [];
  const indexed = await indexOf(folder, name, size, wanted);
  return indexed ?? [...(await scan(path)).entries()];
}

async function indexOf(
  folder: string,
  name: string,
  size: number,
  wanted: string,
): Promise<SegmentEntry[] | undefined> {
  const text = await readFile(join(folder, indexName(name)), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseIndex(text, size, wanted);
}

async function scan(path: string): Promise<ReturnType<typeof createSegmentIndex>> {
  const index = createSegmentIndex();
  for await (const { frames } of readSegment(path)) {
    for (const { frame, start, end } of frames) index.note({ ...frame, said: saidBy(frame) }, start, end);
  }
  return index;
}

async function segmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter(isSegmentName).toSorted();
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
