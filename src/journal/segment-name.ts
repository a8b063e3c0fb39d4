import { readdir } from 'node:fs/promises';
import { parseSequence, sequenceText } from './event-id.ts';

export interface SegmentName {
  readonly name: string;
  /** Sequence number of the first event the file was made for. */
  readonly first: number;
}

/**
 * `events-<sequence of its first event, as in event ids>.ndjson`: the file of an event is the last one whose number is
 * not above the event's. A file ends where the next one begins: see docs/journal.md, "Recovery".
 */
export function segmentName(first: number): SegmentName {
  return { name: `events-${sequenceText(first)}.ndjson`, first };
}

/** The segments of a folder, oldest first; none when the folder is not there. Rejects when it cannot be read. */
export async function listSegments(folder: string): Promise<SegmentName[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .map((name) => ({ name, first: firstSequence(name) }))
    .filter((segment): segment is SegmentName => segment.first !== undefined)
    .toSorted((one, other) => one.first - other.first);
}

function firstSequence(name: string): number | undefined {
  const match = /^events-([0-9a-z]{10})\.ndjson$/.exec(name);
  return match === null ? undefined : parseSequence(match[1] ?? '');
}
