import type { NamedCampaign } from '../../detect/campaigns.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { PlaceOf } from '../../model/place.ts';
import { printable } from '../../model/printable.ts';
import { countriesOf, networksOf } from '../place-shares.ts';
import type { SessionRecord } from '../session-record.ts';

/** Sessions that belong together, before they are summed up. */
export interface CampaignMembers {
  readonly known: NamedCampaign | undefined;
  readonly members: SessionRecord[];
  /** What beside shared indicators holds it together. */
  readonly because: Set<string>;
  /** How many of the members told nothing and are here by their source. */
  bySource: number;
}

const MOST_REASONS = 20;
const MOST_NETWORKS = 20;

export function campaignOf(
  id: string,
  { known, members, because, bySource }: CampaignMembers,
  named: ReadonlyMap<string, readonly NamedCampaign[]>,
  placeOf: PlaceOf,
): Campaign {
  const sessions = members.map(({ session }) => session);
  const ties = tieCounts(members);
  const reasons = new Set<string>();
  for (const { id: session } of sessions) {
    for (const campaign of named.get(session) ?? []) {
      if (campaign.id === known?.id) reasons.add(campaign.because);
      if (reasons.size >= MOST_REASONS / 2) break;
    }
  }
  const more = [...because];
  if (bySource > 0)
    more.push(
      `${bySource} ${bySource === 1 ? 'visit that told nothing, from a source' : 'visits that told nothing, from sources'} of the others`,
    );
  for (const reason of [...ties.slice(0, MOST_REASONS - Math.min(more.length, 5)).map(tieReason), ...more]) {
    if (reasons.size >= MOST_REASONS) break;
    reasons.add(reason);
  }
  const sources = [...new Set(sessions.map(({ peer }) => peer.address))];
  return {
    id,
    title: titleOf(known, ties, members),
    known: known !== undefined,
    firstSeen: sessions.reduce((least, { opened }) => Math.min(least, opened), Infinity),
    lastSeen: sessions.reduce((most, { lastSeen }) => Math.max(most, lastSeen), 0),
    sessions: sessions.map((session) => session.id),
    sources,
    countries: countriesOf(sources, placeOf),
    networks: networksOf(sources, placeOf).slice(0, MOST_NETWORKS),
    techniques: [...new Set(sessions.flatMap(({ techniques }) => techniques))].toSorted(),
    reasons: [...reasons],
    changes: [],
  };
}

function titleOf(
  known: NamedCampaign | undefined,
  ties: readonly TieCount[],
  members: readonly SessionRecord[],
): string {
  if (known !== undefined && known.method !== true) return known.title;
  const tie = tellingTie(ties) ?? oldestTie(members);
  const around = tie === '' ? '' : `, around ${tieText(tie)}`;
  return `${known?.title ?? 'Unnamed'}${around}`;
}

/** Of the session that came first; empty when none has any. */
export function oldestTie(members: readonly SessionRecord[]): string {
  const oldest = members
    .filter(({ strong }) => strong.size > 0)
    .toSorted((a, b) => a.session.opened - b.session.opened || (a.session.id < b.session.id ? -1 : 1))[0];
  for (const tie of oldest?.strong ?? []) return tie;
  return '';
}

const TELLING = ['url', 'endpoint', 'host', 'address', 'ssh-key', 'wallet'];

/** For the title: what a person can read and look up, rather than a hash; the widest, for a tool is in a part only. */
function tellingTie(ties: readonly TieCount[]): string | undefined {
  for (const kind of TELLING) {
    const widest = ties.find(([tie]) => tie.startsWith(`${kind} `));
    if (widest !== undefined) return widest[0];
  }
  return undefined;
}

function tieReason([tie, count]: TieCount): string {
  return `${tieText(tie)} in ${count} ${count === 1 ? 'session' : 'sessions'}`;
}

/** An indicator, and how many of the sessions have it. */
type TieCount = readonly [tie: string, count: number];

/** The widest first. */
function tieCounts(members: readonly SessionRecord[]): readonly TieCount[] {
  const counts = new Map<string, number>();
  for (const { strong } of members) for (const tie of strong) counts.set(tie, (counts.get(tie) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

function tieText(tie: string): string {
  return printable(tie, 100);
}
