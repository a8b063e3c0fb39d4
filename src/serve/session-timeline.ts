import type { TimelineAnswer } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { matching } from './list-page.ts';
import type { ListQuery } from './list-query.ts';
import { sessionListing } from './session-view.ts';
import type { Span } from './timeline-span.ts';

/** The timeline without a store: of the sessions that are remembered, each counted where it opened. */
export function sessionTimeline(
  query: ListQuery,
  span: Span,
  snapshot: LedgerSnapshot,
  now: number,
): TimelineAnswer {
  const asked: ListQuery = { ...query, since: String(span.since), until: String(span.until), noise: '1' };
  const sessions = matching(snapshot.sessions(), sessionListing, asked, snapshot, now);
  const buckets = Map.groupBy(sessions, ({ opened }) => Math.floor(opened / span.step) * span.step);
  return {
    ...span,
    whole: false,
    buckets: [...buckets]
      .map(([at, all]) => ({
        at,
        sessions: all.length,
        sources: new Set(all.map(({ peer }) => peer.address)).size,
      }))
      .toSorted((a, b) => a.at - b.at),
  };
}
