import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { ListQuery } from './list-query.ts';
import { sincePoint } from './list-query.ts';

/** A stretch of time cut into buckets; milliseconds since 1970 UTC, `until` is not inside. */
export interface Span {
  readonly since: number;
  readonly until: number;
  readonly step: number;
}

const MINUTE = 60_000;
const STEPS = [1, 5, 15, 60, 180, 360, 720, 1_440, 10_080, 43_200].map((minutes) => minutes * MINUTE);
/** About as many bars as a chart has room for. */
const MOST_BUCKETS = 120;

/** The span that a query asks for; without one, all that is remembered, up to now. */
export function timelineSpan({ since, until }: ListQuery, snapshot: LedgerSnapshot, now: number): Span {
  const to = until === undefined ? now + 1 : sincePoint(until, now);
  const from = Math.min(since === undefined ? oldest(snapshot, now) : sincePoint(since, now), to - MINUTE);
  const step =
    STEPS.find((one) => (to - from) / one <= MOST_BUCKETS) ?? Math.ceil((to - from) / MOST_BUCKETS);
  return { since: Math.floor(from / step) * step, until: to, step };
}

function oldest(snapshot: LedgerSnapshot, now: number): number {
  return snapshot.sources().reduce((least, { firstSeen }) => Math.min(least, firstSeen), now);
}
