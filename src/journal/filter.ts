import type { ActType } from '../model/act.ts';
import type { Event } from '../model/event.ts';

/** Which events are wanted; all conditions must hold. */
export interface JournalFilter {
  /** Milliseconds since 1970 UTC; `since` is inside, `until` is not. */
  since?: number;
  until?: number;
  session?: string;
  /** Address of the visitor. */
  source?: string;
  sensor?: string;
  types?: readonly ActType[];
}

export function matchesFilter(event: Event, filter: JournalFilter): boolean {
  return (
    (filter.since === undefined || event.time >= filter.since) &&
    (filter.until === undefined || event.time < filter.until) &&
    (filter.session === undefined || event.session === filter.session) &&
    (filter.source === undefined || event.peer.address === filter.source) &&
    (filter.sensor === undefined || event.sensor === filter.sensor) &&
    (filter.types === undefined || filter.types.includes(event.act.type))
  );
}
