import { join } from 'node:path';
import type { Event } from '../model/event.ts';
import { errorCode } from '../platform/error-code.ts';
import type { Damage } from './damage.ts';
import { reportDamage } from './damage.ts';
import { sequenceOf } from './event-id.ts';
import { decodeLine, LINE_LIMIT } from './line.ts';
import type { SegmentName } from './segment-name.ts';
import type { SegmentLine } from './segment-reader.ts';
import { openSegmentReader } from './segment-reader.ts';
import { describeTrouble } from './trouble.ts';

/** The events of one segment; what is damaged is reported and left out. */
export interface SegmentEvents {
  /**
   * The next events with a sequence number from `from` and below `before`; undefined at the present end.
   * (A write that failed may have left lines behind that were written again in the next segment.)
   */
  read(from: number, before: number): Promise<readonly Event[] | undefined>;
  /** Highest sequence number below `before` so far; -1 before the first. */
  readonly last: number;
  /** Reports what is waiting to be reported; with the segment that follows, also an unfinished last line. */
  settle(next?: SegmentName): void;
  close(): Promise<void>;
}

/** Undefined when the file has gone or cannot be opened; the latter is reported. */
export async function openSegmentEvents(
  folder: string,
  segment: SegmentName,
  onDamage: (damage: Damage) => void,
): Promise<SegmentEvents | undefined> {
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

  const eventOf = (line: SegmentLine): Event | undefined => {
    const event =
      line.bytes === undefined ? { fault: `it is longer than ${LINE_LIMIT} bytes` } : decodeLine(line.bytes);
    if (!('fault' in event)) {
      report.settle();
      return event;
    }
    report.badLine(line.number, event.fault);
    return undefined;
  };
  return {
    read: async (from, before) => {
      const batch = broken ? [] : await reader.read().catch(unreadable);
      if (batch === undefined) broken = true;
      if (batch === undefined || batch.length === 0) return undefined;
      lines += batch.length;
      return batch.flatMap((line) => {
        const event = eventOf(line);
        const sequence = event && sequenceOf(event.id);
        if (event === undefined || sequence === undefined) return event ?? [];
        if (sequence >= before) return [];
        last = Math.max(last, sequence);
        return sequence < from ? [] : event;
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
