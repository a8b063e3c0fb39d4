import { createHash } from 'node:crypto';
import type { CampaignMatcher, NamedCampaign } from '../detect/campaigns.ts';
import type { Campaign } from '../model/campaign.ts';
import { printable } from '../model/printable.ts';
import type { SessionRecord } from './session-record.ts';

export interface CampaignGroups {
  readonly campaigns: readonly Campaign[];
  /** Campaign id by session id. */
  readonly bySession: ReadonlyMap<string, string>;
}

const MOST_REASONS = 20;

/**
 * Groups the sessions that teach. Sessions that share a strong indicator (the same URL, SSH key, value, server behind
 * it) belong together; country, network, command order and the bare key name never merge. A group that bears the marks
 * of a known campaign has its name; the others are named after their oldest tie, so the name stays.
 */
export function campaignGroups(records: Iterable<SessionRecord>, matcher: CampaignMatcher): CampaignGroups {
  const named = new Map<string, readonly NamedCampaign[]>();
  const groups = tiedGroups(records);
  const byId = new Map<string, { known: NamedCampaign | undefined; members: SessionRecord[] }>();
  for (const members of groups) {
    for (const { session, signs } of members) named.set(session.id, matcher.named([...signs.values()]));
    const known = mostNamed(members, named);
    if (known === undefined && members.every(({ strong }) => strong.size === 0)) continue;
    const id = known?.id ?? `unnamed-${digest(oldestTie(members))}`;
    const group = byId.get(id) ?? { known, members: [] };
    group.members.push(...members);
    byId.set(id, group);
  }
  const campaigns = [...byId].map(([id, { known, members }]) => campaignOf(id, known, members, named));
  const bySession = new Map(
    [...byId].flatMap(([id, { members }]) => members.map(({ session }) => [session.id, id] as const)),
  );
  return { campaigns: campaigns.toSorted((a, b) => b.lastSeen - a.lastSeen), bySession };
}

/** Connected components over shared strong indicators (union-find with path halving). */
function tiedGroups(records: Iterable<SessionRecord>): SessionRecord[][] {
  const list = [...records].filter(({ teaching }) => teaching);
  const parent = list.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  const holder = new Map<string, number>();
  for (const [index, { strong }] of list.entries()) {
    for (const tie of strong) {
      const other = holder.get(tie);
      if (other === undefined) holder.set(tie, index);
      else parent[root(index)] = root(other);
    }
  }
  const groups = new Map<number, SessionRecord[]>();
  for (const [index, record] of list.entries()) {
    const key = root(index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()];
}

function mostNamed(
  members: readonly SessionRecord[],
  named: ReadonlyMap<string, readonly NamedCampaign[]>,
): NamedCampaign | undefined {
  const counts = new Map<string, { campaign: NamedCampaign; count: number }>();
  for (const { session } of members) {
    for (const campaign of named.get(session.id) ?? []) {
      const count = (counts.get(campaign.id)?.count ?? 0) + 1;
      counts.set(campaign.id, { campaign, count });
    }
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.campaign;
}

function oldestTie(members: readonly SessionRecord[]): string {
  const oldest = members
    .filter(({ strong }) => strong.size > 0)
    .toSorted((a, b) => a.session.opened - b.session.opened || (a.session.id < b.session.id ? -1 : 1))[0];
  for (const tie of oldest?.strong ?? []) return tie;
  return '';
}

/** For the title: what a person can read and look up, rather than a hash. */
function tellingTie(members: readonly SessionRecord[]): string {
  const ties = [...new Set(members.flatMap(({ strong }) => [...strong]))];
  const kinds = ['url', 'endpoint', 'host', 'address', 'ssh-key', 'wallet'];
  for (const kind of kinds) {
    const tie = ties.find((one) => one.startsWith(`${kind} `));
    if (tie !== undefined) return tie;
  }
  return oldestTie(members);
}

function campaignOf(
  id: string,
  known: NamedCampaign | undefined,
  members: readonly SessionRecord[],
  named: ReadonlyMap<string, readonly NamedCampaign[]>,
): Campaign {
  const sessions = members.map(({ session }) => session);
  const reasons = new Set<string>();
  for (const { id: session } of sessions) {
    for (const campaign of named.get(session) ?? []) {
      if (campaign.id === id) reasons.add(campaign.because);
      if (reasons.size >= MOST_REASONS / 2) break;
    }
  }
  for (const reason of sharedTies(members)) {
    if (reasons.size >= MOST_REASONS) break;
    reasons.add(reason);
  }
  return {
    id,
    title: known?.title ?? `Unnamed, around ${tieText(tellingTie(members))}`,
    known: known !== undefined,
    firstSeen: Math.min(...sessions.map(({ opened }) => opened)),
    lastSeen: Math.max(...sessions.map(({ lastSeen }) => lastSeen)),
    sessions: sessions.map((session) => session.id),
    sources: [...new Set(sessions.map(({ peer }) => peer.address))],
    techniques: [...new Set(sessions.flatMap(({ techniques }) => techniques))].toSorted(),
    reasons: [...reasons],
  };
}

/** Which indicator holds how many of the sessions together, the widest first. */
function sharedTies(members: readonly SessionRecord[]): string[] {
  const counts = new Map<string, number>();
  for (const { strong } of members) {
    for (const tie of strong) counts.set(tie, (counts.get(tie) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS)
    .map(([tie, count]) => `${tieText(tie)} in ${count} ${count === 1 ? 'session' : 'sessions'}`);
}

function tieText(tie: string): string {
  return printable(tie, 100);
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex').slice(0, 8);
}
