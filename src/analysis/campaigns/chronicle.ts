import type { CampaignChange } from '../../model/campaign.ts';

/** Campaign id by session id, as grouping gave it at some time. */
export type Grouping = ReadonlyMap<string, string>;

/** How campaigns became one, or came apart, from day to day. */
export interface Chronicle {
  /** Books how things stand at the end of a day; `time` in milliseconds since 1970 UTC. */
  note(time: number, grouping: Grouping): void;
  /** By campaign, the oldest change first; with what has changed since the last note. */
  changes(time: number, grouping: Grouping): ReadonlyMap<string, readonly CampaignChange[]>;
}

const MOST_CHANGES = 2_000;
/** The part of a campaign's sessions that has to be in another one: once it is gone, to say that it was taken in. */
const MERGED = 0.5;
/** Else, to say that sessions left; and so many at least. */
const SPLIT = 0.2;
const FEWEST = 2;

export function createChronicle(): Chronicle {
  let before: Grouping = new Map();
  let told: [id: string, change: CampaignChange][] = [];
  return {
    note: (time, grouping) => {
      told = [...told, ...changesBetween(before, grouping, time)].slice(-MOST_CHANGES);
      before = grouping;
    },
    changes: (time, grouping) => {
      const all = [...told, ...changesBetween(before, grouping, time)];
      const byId = new Map<string, CampaignChange[]>();
      for (const [id, change] of all) {
        const list = byId.get(id);
        if (list === undefined) byId.set(id, [change]);
        else list.push(change);
      }
      return byId;
    },
  };
}

/** Sessions are compared that were there before and still are: what was forgotten is no change. */
function changesBetween(before: Grouping, now: Grouping, time: number): [string, CampaignChange][] {
  const moves = new Map<string, Map<string, number>>();
  for (const [session, was] of before) {
    const is = now.get(session);
    if (is === undefined) continue;
    const to = moves.get(was) ?? new Map<string, number>();
    moves.set(was, to.set(is, (to.get(is) ?? 0) + 1));
  }
  const living = new Set(now.values());
  const changes: [string, CampaignChange][] = [];
  for (const [was, to] of moves) {
    const all = [...to.values()].reduce((sum, count) => sum + count, 0);
    for (const [is, sessions] of to) {
      if (is === was) continue;
      if (!living.has(was) && sessions >= all * MERGED) {
        changes.push([is, { time, what: 'took in', other: was, sessions }]);
      } else if (sessions >= Math.max(FEWEST, all * SPLIT)) {
        changes.push([was, { time, what: 'lost sessions to', other: is, sessions }]);
        changes.push([is, { time, what: 'came from', other: was, sessions }]);
      }
    }
  }
  return changes;
}
