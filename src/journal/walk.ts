import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damage } from './damage.ts';
import type { JournalFilter } from './filter.ts';
import type { Decoded } from './segment-events.ts';
import { openSegmentEvents } from './segment-events.ts';
import type { SegmentSummary } from './segment-index.ts';
import { outsideSpan, readSegmentIndex } from './segment-index.ts';
import { createSegmentList } from './segment-list.ts';

/** What of a journal is wanted, and in which form. */
export interface Walk<T> {
  readonly decode: (line: Buffer) => Decoded<T>;
  readonly keep: (item: T) => boolean;
  /** Segments outside of it need not be read. */
  readonly span: Pick<JournalFilter, 'since' | 'until'>;
  /** The first event that is wanted, by its number. */
  readonly first?: number;
}

/** Walks the segments in order. At the end of the last one `more` is asked: true to look again, false to stop. */
export async function* walkJournal<T>(
  folder: string,
  walk: Walk<T>,
  onDamage: (damage: Damage) => void,
  more: () => Promise<boolean>,
): AsyncGenerator<readonly T[]> {
  const segments = await createSegmentList(folder, onDamage);
  const summaries = await readSegmentIndex(folder, segments.known);
  let from = walk.first ?? 0;
  for (;;) {
    const segment = await segments.next();
    if (segment === undefined) {
      if (!(await more())) return;
      continue;
    }
    await segments.take(segment);
    if (await canSkip(join(folder, segment.name), summaries.get(segment.name), walk.span)) continue;
    const following = walk.first === undefined ? undefined : await segments.next();
    if (following !== undefined && following.first > segment.first && following.first <= from) continue;
    const events = await openSegmentEvents(folder, segment, walk.decode, onDamage);
    if (events === undefined) continue;
    try {
      for (;;) {
        // The list is asked before the file: once a later segment is there, this one grows no more.
        const later = await segments.next();
        const end =
          later !== undefined && later.first > segment.first ? later.first : Number.POSITIVE_INFINITY;
        const batch = await events.read(from, end);
        if (batch !== undefined) {
          const wanted = batch.filter(walk.keep);
          if (wanted.length > 0) yield wanted;
          continue;
        }
        events.settle(later);
        if (later !== undefined) {
          from = Math.max(alreadyTold(events.last, end), later.first > segment.first ? (walk.first ?? 0) : 0);
          break;
        }
        if (!(await more())) return;
      }
    } finally {
      await events.close();
    }
  }
}

/**
 * While the last segment was followed, a failing write may have shown lines that the next segment repeats: where to
 * begin in that one. A number far away is not from such a write, and hides nothing.
 */
function alreadyTold(last: number, first: number): number {
  return last >= first && last - first < MOST_REPEATED ? last + 1 : 0;
}
const MOST_REPEATED = 1_000_000;

async function canSkip(
  path: string,
  summary: SegmentSummary | undefined,
  filter: Walk<unknown>['span'],
): Promise<boolean> {
  if (summary === undefined || (filter.since === undefined && filter.until === undefined)) return false;
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  return outsideSpan(summary, size, filter);
}
