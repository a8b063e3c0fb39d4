import type { DoorVisits } from '../model/door-visits.ts';
import type { SessionRecord } from './session-record.ts';
import { isAttack } from './session-record.ts';

export type { DoorVisits } from '../model/door-visits.ts';

/** What each address did at each door, with the times of its visits there, oldest first. */
export function doorVisits(records: Iterable<SessionRecord>): DoorVisits[] {
  const byAddress = new Map<string, SessionRecord[]>();
  for (const record of records) {
    const { address } = record.session.peer;
    const list = byAddress.get(address);
    if (list === undefined) byAddress.set(address, [record]);
    else list.push(record);
  }
  return [...byAddress].map(([address, list]) => ({ address, doors: doorsOf(list) }));
}

function doorsOf(records: readonly SessionRecord[]): DoorVisits['doors'] {
  return [...Map.groupBy(records, ({ session }) => session.protocol)].map(([protocol, list]) => ({
    protocol,
    visits: list
      .map(({ session }) => ({ from: session.opened, to: session.lastSeen }))
      .toSorted((a, b) => a.from - b.from),
    commands: list.reduce((sum, { session }) => sum + session.commands, 0),
    attacks: list.filter(({ session }) => isAttack(session)).length,
    rules: [...new Set(list.flatMap(({ session }) => session.rules))],
  }));
}

/**
 * Addresses that were at all of these doors within one window, newest first. By the address alone: behind one address
 * may be many machines, and it may have changed hands, so this is a weak tie.
 */
export function seenOnAll(
  visits: readonly DoorVisits[],
  protocols: readonly DoorVisits['doors'][number]['protocol'][],
  windowMs: number,
): DoorVisits[] {
  return visits
    .filter(({ doors }) =>
      withinWindow(
        doors.filter(({ protocol }) => protocols.includes(protocol)),
        protocols.length,
        windowMs,
      ),
    )
    .toSorted((a, b) => lastOf(b) - lastOf(a));
}

function withinWindow(doors: DoorVisits['doors'], wanted: number, windowMs: number): boolean {
  if (doors.length < wanted) return false;
  const within = doors.map(({ visits }) => lookUp(visits));
  // Each visit in turn as the earliest one: every other door has to have one within the window.
  return doors.some(({ visits }, own) =>
    visits.some(({ from, to }) =>
      within.every((any, other) => other === own || any(from, Math.max(to, from + windowMs))),
    ),
  );
}

/** Whether a visit overlaps with a span; one address may have tens of thousands of visits. */
function lookUp(visits: DoorVisits['doors'][number]['visits']): (from: number, to: number) => boolean {
  let end = -Infinity;
  /** The latest end of all visits up to each. */
  const ends = visits.map((visit) => (end = Math.max(end, visit.to)));
  return (from, to) => {
    let [low, high] = [0, visits.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((visits[middle]?.from ?? Infinity) <= to) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (ends[low - 1] ?? -Infinity) >= from;
  };
}

function lastOf({ doors }: DoorVisits): number {
  return Math.max(...doors.flatMap(({ visits }) => visits.map(({ to }) => to)));
}

const WORM_RULES = new Set(['worm.redis-then-smb', 'worm.smb-then-redis']);

/** Crontab lines into Redis, and the hole of MS17-010 looked for, within a day: the rules that say so tell why. */
export function worksLikeRedisWannaMine({ doors }: DoorVisits): boolean {
  return doors.some(({ rules }) => rules.some((rule) => WORM_RULES.has(rule)));
}
