import { join } from 'node:path';
import { errorCode } from '../platform/error-code.ts';
import type { Damage } from './damage.ts';
import { reportDamage } from './damage.ts';
import { LINE_LIMIT } from './line.ts';
import type { SegmentName } from './segment-name.ts';
import type { SegmentLine } from './segment-reader.ts';
import { openSegmentReader } from './segment-reader.ts';
import { describeTrouble } from './trouble.ts';

/** What a line of a segment says: with its number in the order of writing, when it has one of ours. */
export type Decoded<T> =
  | { readonly item: T; readonly sequence: number | undefined }
  | { readonly fault: string };

/** The events of one segment in whichever form; what is damaged is reported and left out. */
export interface SegmentEvents<T> {
  /**
   * The next events with a sequence number from `from` and below `before`; undefined at the present end.
   * (A write that failed may have left lines behind that were written again in the next segment.)
   */
  read(from: number, before: number): Promise<readonly T[] | undefined>;
  /** Highest sequence number below `before` so far; -1 before the first. */
  readonly last: number;
  /** Reports what is waiting to be reported; with the segment that follows, also an unfinished last line. */
  settle(next?: SegmentName): void;
  close(): Promise<void>;
}

/**
 * Undefined when the file has gone or cannot be opened; the latter is reported.
 *
 * @param decode is handed bytes that are valid until the next read.
 */
export async function openSegmentEvents<T>(
  folder: string,
  segment: SegmentName,
  decode: (line: Buffer) => Decoded<T>,
  onDamage: (damage: Damage) => void,
): Promise<SegmentEvents<T> | undefined> {
  const path = join(folder, segment.name);
  const report = reportDamage(path, onDamage);
  const unreadable = (error: unknown): undefined => {
    if (errorCode(error) !== 'ENOENT') report.unreadable(describeTrouble(error).wrong);
    return undefined;
  };
  const reader = await openSegmentReader(path).catch(unreadable);
  if (reader === undefined) return undefined;
  let last = -1;
  let lines = 0;
  let broken = false;

  const decoded = (line: SegmentLine): Exclude<Decoded<T>, { fault: string }> | undefined => {
    const found =
      line.bytes === undefined ? { fault: `it is longer than ${LINE_LIMIT} bytes` } : decode(line.bytes);
    if (!('fault' in found)) {
      report.settle();
      return found;
    }
    report.badLine(line.number, found.fault);
    return undefined;
  };
  return {
    read: async (from, before) => {
      const batch = broken ? [] : await reader.read().catch(unreadable);
      if (batch === undefined) broken = true;
      if (batch === undefined || batch.length === 0) return undefined;
      lines += batch.length;
      return batch.flatMap((line) => {
        const found = decoded(line);
        if (found === undefined) return [];
        const { item, sequence } = found;
        if (sequence === undefined) return [item];
        if (sequence >= before) return [];
        last = Math.max(last, sequence);
        return sequence < from ? [] : [item];
      });
    },
    get last() {
      return last;
    },
    settle: (next) => {
      const missing = next !== undefined && last + 1 < next.first;
      if (reader.unfinished > 0 && missing) report.badLine(lines + 1, 'it is not finished');
      report.settle();
    },
    close: () => reader.close(),
  };
}
