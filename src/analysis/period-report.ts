import type { Campaign, PlaceShare } from '../model/campaign.ts';
import type { Indicator } from '../model/indicator.ts';
import type { PlaceSource } from '../model/place.ts';
import type { Noise, Session } from '../model/session.ts';
import type { SensorStudy } from '../model/study.ts';
import type { Ledger } from './ledger.ts';
import { countriesOf, networksOf } from './place-shares.ts';
import { isAttack, isFromWebLog } from './session-record.ts';

/** What a team would tell others of a span of time. Nothing in it says where the sensors are. */
export interface PeriodReport {
  /** Milliseconds since 1970 UTC; `since` is inside, `until` is not. */
  readonly since: number;
  readonly until: number;
  readonly study: SensorStudy;
  /** The span of the same length before it. */
  readonly before: SensorStudy;
  /** Sessions by what makes them noise. */
  readonly noise: readonly { readonly kind: Noise; readonly sessions: number }[];
  /** Of the sources that attacked the sensors. */
  readonly countries: readonly PlaceShare[];
  readonly networks: readonly PlaceShare[];
  readonly placeSources: readonly PlaceSource[];
  /** Attacks and all sessions in equal parts of the span, oldest first. */
  readonly timeline: readonly { readonly at: number; readonly sessions: number; readonly attacks: number }[];
  readonly campaigns: readonly PeriodCampaign[];
  /** Seen in the span before, and not in this one. */
  readonly gone: readonly { readonly id: string; readonly title: string }[];
  readonly indicators: readonly Indicator[];
  /** New indicators that are not listed. */
  readonly moreIndicators: number;
  /** Techniques that the span before did not have. */
  readonly newTechniques: readonly string[];
}

export interface PeriodCampaign extends Omit<Campaign, 'sessions' | 'sources' | 'reasons'> {
  /** Within the span. */
  readonly sessions: number;
  readonly sources: number;
  /** Sessions in the span before. */
  readonly before: number;
  readonly reasons: readonly string[];
}

const PARTS = 48;
const MOST_CAMPAIGNS = 25;
const MOST_INDICATORS = 200;
const MOST_REASONS = 4;
const LEAST_CONFIDENCE = 0.5;
/** Kinds that are of use to nobody else, or that others might be harmed by. */
const KEPT_BACK = new Set(['password', 'value-shape']);

export function periodReport(
  ledger: Ledger,
  { since, until }: { readonly since: number; readonly until: number },
  placeSources: readonly PlaceSource[],
): PeriodReport {
  const length = until - since;
  const study = ledger.study(since, until);
  const before = ledger.study(since - length, since);
  const all = ledger.sessions();
  const sessions = all.filter(({ opened }) => opened >= since && opened < until);
  const earlier = all.filter(({ opened }) => opened >= since - length && opened < since);
  const met = sessions.filter((session) => !isFromWebLog(session));
  const attackers = met.filter(isAttack).map(({ peer }) => peer.address);
  const byCampaign = Map.groupBy(sessions, ({ campaign }) => campaign);
  const campaignsBefore = Map.groupBy(earlier, ({ campaign }) => campaign);
  const known = new Set(before.techniques.map(({ technique }) => technique));
  const fresh = ledger
    .indicators()
    .filter(({ firstSeen, kind, confidence }) => {
      const inSpan = firstSeen >= since && firstSeen < until;
      return inSpan && confidence >= LEAST_CONFIDENCE && !KEPT_BACK.has(kind);
    })
    .toSorted(
      (a, b) => b.confidence - a.confidence || b.sightings - a.sightings || (a.value < b.value ? -1 : 1),
    );
  return {
    since,
    until,
    study,
    before,
    noise: noiseCounts(met),
    countries: countriesOf(attackers, ledger.placeOf),
    networks: networksOf(attackers, ledger.placeOf).slice(0, 20),
    placeSources,
    timeline: timelineOf(met, since, until),
    campaigns: ledger
      .campaigns()
      .flatMap((campaign) => {
        const own = byCampaign.get(campaign.id) ?? [];
        return own.length === 0
          ? []
          : [
              {
                ...periodCampaign(ledger, campaign, own, campaignsBefore.get(campaign.id)?.length ?? 0),
                changes: campaign.changes.filter(({ time }) => time >= since && time < until),
              },
            ];
      })
      .toSorted((a, b) => b.sources - a.sources || b.sessions - a.sessions || (a.id < b.id ? -1 : 1))
      .slice(0, MOST_CAMPAIGNS),
    gone: ledger
      .campaigns()
      .filter(({ id }) => campaignsBefore.has(id) && !byCampaign.has(id))
      .map(({ id, title }) => ({ id, title })),
    indicators: fresh.slice(0, MOST_INDICATORS),
    moreIndicators: Math.max(0, fresh.length - MOST_INDICATORS),
    newTechniques: study.techniques.map(({ technique }) => technique).filter((one) => !known.has(one)),
  };
}

function periodCampaign(
  ledger: Ledger,
  campaign: Campaign,
  own: readonly Session[],
  before: number,
): PeriodCampaign {
  const addresses = new Set(own.map(({ peer }) => peer.address));
  return {
    ...campaign,
    sessions: own.length,
    sources: addresses.size,
    countries: countriesOf(addresses, ledger.placeOf),
    networks: networksOf(addresses, ledger.placeOf).slice(0, 10),
    before,
    reasons: campaign.reasons.slice(0, MOST_REASONS),
  };
}

function noiseCounts(sessions: readonly Session[]): PeriodReport['noise'] {
  const counts = new Map<Noise, number>();
  for (const { noise } of sessions) if (noise !== undefined) counts.set(noise, (counts.get(noise) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, sessions: count }))
    .toSorted((a, b) => b.sessions - a.sessions);
}

function timelineOf(sessions: readonly Session[], since: number, until: number): PeriodReport['timeline'] {
  const step = (until - since) / PARTS;
  const parts = Array.from({ length: PARTS }, (_, at) => ({
    at: Math.round(since + at * step),
    sessions: 0,
    attacks: 0,
  }));
  for (const session of sessions) {
    const part = parts[Math.min(PARTS - 1, Math.floor((session.opened - since) / step))];
    if (part === undefined) continue;
    part.sessions++;
    if (isAttack(session)) part.attacks++;
  }
  return parts;
}
