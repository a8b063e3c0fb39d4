import type { Event } from '../model/event.ts';
import { sequenceOf } from './event-id.ts';
import type { JournalFilter } from './filter.ts';
import { matchesFilter } from './filter.ts';
import { decodeLine } from './line.ts';
import type { Walk } from './walk.ts';

/** A walk for whole events. */
export function eventWalk(filter: JournalFilter): Walk<Event> {
  return {
    decode: (line) => {
      const event = decodeLine(line);
      return 'fault' in event ? event : { item: event, sequence: sequenceOf(event.id) };
    },
    keep: (event) => matchesFilter(event, filter),
    span: filter,
  };
}
