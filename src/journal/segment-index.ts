import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { JournalFilter } from './filter.ts';
import { encodeLine, hasChecksum, parsedJson } from './line.ts';
import { PRIVATE_FILE } from './segment-file.ts';
import { openSegmentReader } from './segment-reader.ts';

/**
 * What a finished segment holds. Clocks jump, so only the true extremes of its event times can tell that a segment
 * holds nothing of a span.
 */
export const SegmentSummary = z.object({
  segment: z.string(),
  /** Length of the file: with another length the summary is out of date. */
  bytes: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  /** Event times, milliseconds since 1970 UTC. Without events earliest is above latest. */
  earliest: z.number().int(),
  latest: z.number().int(),
});
export type SegmentSummary = z.infer<typeof SegmentSummary>;

/** Lines of summaries, checksummed as events are. Only a shortcut: it may be deleted at any time. */
const INDEX_FILE = 'index.ndjson';
const SUMMARY_LIMIT = 1_024;

/** The newest summary of each of the named segments; what cannot be read is left out. */
export async function readSegmentIndex(
  folder: string,
  segments: readonly { readonly name: string }[],
): Promise<Map<string, SegmentSummary>> {
  const wanted = new Set(segments.map(({ name }) => name));
  const summaries = new Map<string, SegmentSummary>();
  const reader = await openSegmentReader(join(folder, INDEX_FILE), SUMMARY_LIMIT).catch(() => undefined);
  if (reader === undefined) return summaries;
  try {
    for (let lines = await reader.read(); lines.length > 0; lines = await reader.read()) {
      for (const { bytes } of lines) {
        if (bytes === undefined || !hasChecksum(bytes)) continue;
        const summary = SegmentSummary.safeParse(parsedJson(bytes));
        if (summary.success && wanted.has(summary.data.segment))
          summaries.set(summary.data.segment, summary.data);
      }
    }
  } catch {
    return new Map();
  } finally {
    await reader.close();
  }
  return summaries;
}

/** Adds a summary. A failure costs later readers time only. */
export async function addSegmentSummary(folder: string, summary: SegmentSummary): Promise<void> {
  const line = encodeLine(JSON.stringify(summary).slice(1));
  await appendFile(join(folder, INDEX_FILE), line, { mode: PRIVATE_FILE }).catch(() => undefined);
}

/** True when the summary shows that no event of the segment can be in the span. */
export function outsideSpan(summary: SegmentSummary, bytes: number, filter: JournalFilter): boolean {
  return (
    summary.bytes === bytes &&
    ((filter.since !== undefined && summary.latest < filter.since) ||
      (filter.until !== undefined && summary.earliest >= filter.until))
  );
}
