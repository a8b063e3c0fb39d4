import type { Event } from '../model/event.ts';
import type { Damage } from './damage.ts';
import { eventWalk } from './event-walk.ts';
import type { JournalFilter } from './filter.ts';
import { walkJournal } from './walk.ts';

export type { Damage } from './damage.ts';
export type { JournalFilter } from './filter.ts';

/**
 * Batches of events in writing order, as far as the journal goes at this moment. Never throws on damage: reports it
 * and goes on. A last line that is not finished yet is not damage.
 */
export function readJournal(
  folder: string,
  filter: JournalFilter,
  onDamage: (damage: Damage) => void,
): AsyncGenerator<readonly Event[]> {
  return walkJournal(folder, eventWalk(filter), onDamage, () => Promise.resolve(false));
}
