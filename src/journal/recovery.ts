import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { printableText } from '../model/printable.ts';
import type { Random } from '../platform/random.ts';
import { LARGEST_SEQUENCE, sequenceText } from './event-id.ts';
import { JournalError } from './journal-error.ts';
import type { JournalIdentity } from './journal-identity.ts';
import { readIdentity, writeIdentity } from './journal-identity.ts';
import type { SegmentFolder } from './segment-file.ts';
import { addSegmentSummary, readSegmentIndex } from './segment-index.ts';
import type { SegmentName } from './segment-name.ts';
import { listSegments } from './segment-name.ts';
import type { SegmentScan } from './segment-scan.ts';
import { scanSegment } from './segment-scan.ts';
import { setTornTailAside } from './torn-tail.ts';

/** What a writer finds in its folder and where it goes on. */
export interface Recovery {
  readonly identity: JournalIdentity;
  /** The segment to go on in; undefined in an empty folder. */
  readonly newest: (SegmentName & SegmentScan) | undefined;
  /** Number of the next event. */
  readonly next: number;
  /** Of all segments. */
  readonly events: number;
  readonly bytes: number;
  readonly segments: number;
  /** What was put right, for the operator. */
  readonly messages: readonly string[];
}

/**
 * After an end that was not clean, events that somebody has seen may be gone (power cut). Numbering then goes on at the
 * next multiple of this, more than any lost seconds can hold, so that no id is ever given to two events.
 */
const LEAP = 36 ** 4;

/**
 * Makes a folder ready for writing. Only its lock's holder may call this.
 *
 * @param clean false when the last writer did not close its journal.
 */
export async function recoverJournal(
  folder: SegmentFolder,
  clean: boolean,
  random: Random,
): Promise<Recovery> {
  const segments = await listSegments(folder.path);
  const last = segments.at(-1);
  const found = await readIdentity(folder.path);
  if (last === undefined) {
    const identity = { id: random.hex(4), floor: 1 };
    await writeIdentity(folder.path, identity);
    return { identity, newest: undefined, next: 1, events: 0, bytes: 0, segments: 0, messages: [] };
  }
  const { newest, torn, messages } = await mendNewest(folder.path, last);
  const used = newest.damaged > 0 ? newest.events + newest.damaged : Math.min(newest.events, 1);
  const seen = Math.max(newest.highest + 1, newest.first + used, found?.floor ?? 1);
  const next = clean && !torn ? seen : (Math.floor(seen / LEAP) + 1) * LEAP;
  if (next + LEAP > LARGEST_SEQUENCE) {
    throw new JournalError(
      `${printableText(join(folder.path, last.name))} holds event number ${sequenceText(seen - 1)}: no numbers are left after it.`,
      'Move the journal folder away; a new one is begun.',
    );
  }
  const identity = { id: found?.id ?? random.hex(4), floor: next === seen ? (found?.floor ?? 1) : next };
  if (identity.id !== found?.id || identity.floor !== found.floor) {
    await writeIdentity(folder.path, identity);
    await folder.sync();
  }
  const finished = await finishedTotals(folder.path, segments.slice(0, -1));
  return {
    identity,
    newest,
    next,
    events: finished.events + newest.events,
    bytes: finished.bytes + newest.bytes,
    segments: segments.length,
    messages,
  };
}

/** Cuts a torn tail off; `bytes` of the result is the length after that. */
async function mendNewest(
  folder: string,
  segment: SegmentName,
): Promise<{ newest: SegmentName & SegmentScan; torn: boolean; messages: string[] }> {
  const path = join(folder, segment.name);
  const scan = await scanSegment(path);
  const torn = scan.bytes - scan.goodEnd;
  const messages: string[] = [];
  if (torn > 0) {
    await setTornTailAside(path, scan.goodEnd);
    messages.push(
      `${printableText(path)}: the last ${torn} bytes were torn; they were moved to ${segment.name}.torn.`,
    );
  }
  return { newest: { ...segment, ...scan, bytes: scan.goodEnd }, torn: torn > 0, messages };
}

/** Counts finished segments by the index, and indexes those that are not in it. */
async function finishedTotals(
  folder: string,
  segments: readonly SegmentName[],
): Promise<{ events: number; bytes: number }> {
  const index = await readSegmentIndex(folder, segments);
  const totals = { events: 0, bytes: 0 };
  for (const { name } of segments) {
    const path = join(folder, name);
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    const known = index.get(name);
    const summary = known?.bytes === size ? known : await scanSegment(path).catch(() => undefined);
    if (summary !== undefined && summary !== known) {
      const { bytes, events, earliest, latest } = summary;
      await addSegmentSummary(folder, { segment: name, bytes, events, earliest, latest });
    }
    totals.events += summary?.events ?? 0;
    totals.bytes += size;
  }
  return totals;
}
