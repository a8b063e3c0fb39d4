import { createHash } from 'node:crypto';
import type { CampaignMatcher, NamedCampaign } from '../detect/campaigns.ts';
import type { Campaign } from '../model/campaign.ts';
import type { PlaceOf } from '../model/place.ts';
import type { CampaignMembers } from './campaigns/campaign-of.ts';
import { campaignOf, oldestTie } from './campaigns/campaign-of.ts';
import { groupSessions } from './campaigns/group-sessions.ts';
import type { SessionRecord } from './session-record.ts';
import { isAttack } from './session-record.ts';

export interface CampaignGroups {
  readonly campaigns: readonly Campaign[];
  /** Campaign id by session id. */
  readonly bySession: ReadonlyMap<string, string>;
}

/** Of the sessions of a group so many have to bear the marks of a campaign before the group has its name. */
const NAMING_SHARE = 0.1;

/**
 * Groups the sessions that attack; what binds them and what does not is told in campaigns/group-sessions.ts. A group that
 * bears the marks of a known actor has its name, and so all such groups are one. The marks of a method name a group and
 * bind nothing. Others are named after their oldest tie, so the name stays.
 */
export function campaignGroups(
  records: Iterable<SessionRecord>,
  matcher: CampaignMatcher,
  placeOf: PlaceOf,
): CampaignGroups {
  const all = [...records];
  const list = all.filter(({ teaching, session }) => teaching || isAttack(session));
  const { groups, weakJoins } = groupSessions(
    list.map(({ strong, session, shape }) => ({
      ties: strong,
      source: session.peer.address,
      shape: shape.signature(),
    })),
  );
  const named = new Map(list.map(({ session, signs }) => [session.id, matcher.named([...signs.values()])]));
  const because = Map.groupBy(weakJoins, ({ session }) => session);
  const byId = new Map<string, CampaignMembers>();
  for (const indices of groups) {
    const members = indices.flatMap((index) => list[index] ?? []);
    const known = mostNamed(members, named);
    const tie = oldestTie(members);
    if (known === undefined && tie === '') continue;
    const id = idOf(known, tie);
    const group = byId.get(id) ?? { known, members: [], because: new Set<string>(), bySource: 0 };
    group.members.push(...members);
    for (const index of indices) for (const join of because.get(index) ?? []) group.because.add(join.because);
    byId.set(id, group);
  }
  addBySource(all, byId);
  const campaigns = [...byId].map(([id, group]) => campaignOf(id, group, named, placeOf));
  const bySession = new Map(
    [...byId].flatMap(([id, { members }]) => members.map(({ session }) => [session.id, id] as const)),
  );
  return { campaigns: campaigns.toSorted((a, b) => b.lastSeen - a.lastSeen), bySession };
}

function idOf(known: NamedCampaign | undefined, tie: string): string {
  if (known !== undefined && (known.method !== true || tie === '')) return known.id;
  const digest = createHash('sha256').update(tie, 'latin1').digest('hex').slice(0, 8);
  return `${known?.id ?? 'unnamed'}-${digest}`;
}

/**
 * A visit that told nothing (INFO, and gone) is of the campaign of its source, where all else from there is of one. It
 * ties nothing: it only stands where it belongs.
 */
function addBySource(records: readonly SessionRecord[], byId: ReadonlyMap<string, CampaignMembers>): void {
  const grouped = new Set<SessionRecord>();
  const bySource = new Map<string, CampaignMembers | undefined>();
  for (const group of byId.values()) {
    for (const record of group.members) {
      grouped.add(record);
      const { address } = record.session.peer;
      bySource.set(address, bySource.has(address) && bySource.get(address) !== group ? undefined : group);
    }
  }
  for (const record of records) {
    if (grouped.has(record) || record.session.commands === 0) continue;
    const group = bySource.get(record.session.peer.address);
    if (group === undefined) continue;
    group.members.push(record);
    group.bySource++;
  }
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
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return most !== undefined && most.count >= members.length * NAMING_SHARE ? most.campaign : undefined;
}
