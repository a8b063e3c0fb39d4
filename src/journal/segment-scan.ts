import { hasChecksum, lineHead } from './line.ts';
import { openSegmentReader } from './segment-reader.ts';

/** What stands in a segment file, by its checksums and the heads of its lines. */
export interface SegmentScan {
  /** Length of the file. */
  readonly bytes: number;
  /** Lines with a right checksum. */
  readonly events: number;
  /** Lines without, the unfinished last one included. */
  readonly damaged: number;
  /** Offset behind the last line with a right checksum. */
  readonly goodEnd: number;
  /** Highest sequence number seen; -1 without any. */
  readonly highest: number;
  /** Event times; without events earliest is above latest. */
  readonly earliest: number;
  readonly latest: number;
}

export const NO_TIMES = { earliest: Number.MAX_SAFE_INTEGER, latest: Number.MIN_SAFE_INTEGER } as const;

/** Reads a whole segment (about 0.2 s for 64 MiB). Rejects with the system error. */
export async function scanSegment(path: string): Promise<SegmentScan> {
  const reader = await openSegmentReader(path);
  let [events, damaged, goodEnd, highest, end] = [0, 0, 0, -1, 0];
  let { earliest, latest }: { earliest: number; latest: number } = NO_TIMES;
  try {
    for (let lines = await reader.read(); lines.length > 0; lines = await reader.read()) {
      for (const line of lines) {
        end = line.end;
        if (line.bytes === undefined || !hasChecksum(line.bytes)) {
          damaged++;
          continue;
        }
        events++;
        goodEnd = line.end;
        const head = lineHead(line.bytes);
        if (head === undefined) continue;
        highest = Math.max(highest, head.sequence);
        earliest = Math.min(earliest, head.time);
        latest = Math.max(latest, head.time);
      }
    }
    const unfinished = reader.unfinished;
    return {
      bytes: end + unfinished,
      events,
      damaged: damaged + (unfinished > 0 ? 1 : 0),
      goodEnd,
      highest,
      earliest,
      latest,
    };
  } finally {
    await reader.close();
  }
}
