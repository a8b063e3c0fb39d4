import type { StixObject } from '../../outputs/feeds/stix.ts';
import { stixObjects } from '../../outputs/feeds/stix.ts';
import type { FeedSource } from './feed-source.ts';

/** One version of an object, and when this server had it first: milliseconds since 1970 UTC. */
export interface AddedObject {
  readonly object: StixObject;
  readonly added: number;
  readonly version: string;
}

/** The objects of the collection in the order in which they were added; the newest version of each. */
export interface TaxiiObjects {
  all(): readonly AddedObject[];
}

/**
 * Clients ask for what was added after a time. What is there when the server starts is added at that moment, so that nobody
 * misses what an import or a restart brought; ids stay the same, so nobody gets doubles.
 */
export function createTaxiiObjects(source: FeedSource): TaxiiObjects {
  let made = -1;
  let last = 0;
  let known = new Map<string, AddedObject>();
  let order: readonly AddedObject[] = [];
  return {
    all: () => {
      const state = source.current();
      if (state.made === made) return order;
      made = state.made;
      // Never before what was added earlier, whatever the clock does.
      last = Math.max(last + 1, state.context.now);
      const next = new Map<string, AddedObject>();
      for (const object of stixObjects(state.items, state.context)) {
        const version = typeof object['modified'] === 'string' ? object['modified'] : '';
        const before = known.get(object.id);
        next.set(object.id, before?.version === version ? before : { object, version, added: last });
      }
      known = next;
      order = [...next.values()].toSorted(
        (a, b) => a.added - b.added || (a.object.id < b.object.id ? -1 : 1),
      );
      return order;
    },
  };
}
