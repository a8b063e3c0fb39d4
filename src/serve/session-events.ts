import type { Damage, JournalFilter } from '../journal/reader.ts';
import type { Event } from '../model/event.ts';
import type { Session } from '../model/session.ts';
import type { SessionEventsAnswer } from './answers.ts';
import { eventView, FULL } from './event-view.ts';

/** The journal's reader, handed in. */
export type ReadEvents = (
  filter: JournalFilter,
  onDamage: (damage: Damage) => void,
) => AsyncIterable<readonly Event[]>;

type Span = Pick<Session, 'id' | 'opened' | 'lastSeen' | 'closed'>;

/** One page of what a session did, in the journal's order. */
export async function sessionEvents(
  readEvents: ReadEvents,
  session: Span,
  page: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
): Promise<SessionEventsAnswer> {
  const wanted: Event[] = [];
  let damaged = 0;
  let passed = 0;
  for await (const batch of readEvents(spanOf(session), () => (damaged += 1))) {
    if (signal.aborted) break;
    const skipped = Math.min(Math.max(page.offset - passed, 0), batch.length);
    passed += batch.length;
    wanted.push(...batch.slice(skipped, skipped + page.limit + 1 - wanted.length));
    if (wanted.length > page.limit) break;
  }
  return {
    offset: page.offset,
    events: wanted.slice(0, page.limit).map((event) => eventView(event, FULL)),
    more: wanted.length > page.limit,
    damaged,
  };
}

/** How far the wall clock may have been set back or late work may report: a minute. */
const MARGIN = 60_000;

/** Segments outside the session's time need not be read. */
function spanOf({ id, opened, lastSeen, closed }: Span): JournalFilter {
  return {
    session: id,
    since: opened - MARGIN,
    ...(closed === undefined ? {} : { until: lastSeen + MARGIN }),
  };
}
