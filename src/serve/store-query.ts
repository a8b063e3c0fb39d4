import type { EventFilter } from '../store/event-query.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { ListQuery } from './list-query.ts';
import { sincePoint } from './list-query.ts';
import { sessionListing } from './session-view.ts';

/** The newest of them, when a filter holds for more sessions. */
const MOST_SESSIONS = 20_000;

/** What a list's filters mean for events: those that the journal's lines do not tell go by their sessions. */
export function eventFilter(query: ListQuery, snapshot: LedgerSnapshot, now: number): EventFilter {
  const { since, until, source, sensor, country, asn, contains } = query;
  const sessions = sessionsOf(query, snapshot);
  return {
    ...(since === undefined ? {} : { since: sincePoint(since, now) }),
    ...(until === undefined ? {} : { until: sincePoint(until, now) }),
    ...(source === undefined ? {} : { source }),
    ...(sensor === undefined ? {} : { sensor }),
    ...(country === undefined ? {} : { country }),
    ...(asn === undefined ? {} : { asn }),
    ...(contains === undefined || contains === '' ? {} : { contains }),
    ...(sessions === undefined ? {} : { sessions }),
  };
}

function sessionsOf(query: ListQuery, snapshot: LedgerSnapshot): readonly string[] | undefined {
  const { session, campaign, technique, rule, attacks } = query;
  if (session !== undefined) return [session];
  if ([campaign, technique, rule, attacks].every((one) => one === undefined)) return undefined;
  const asked = { ...query, source: undefined, sensor: undefined };
  return snapshot
    .sessions()
    .filter((one) => sessionListing.passes(one, asked))
    .slice(-MOST_SESSIONS)
    .map(({ id }) => id);
}
