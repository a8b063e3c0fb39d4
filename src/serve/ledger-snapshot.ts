import type { Ledger } from '../analysis/ledger.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';
import type { PlaceOf } from '../model/place.ts';
import { printableText } from '../model/printable.ts';
import type { Session } from '../model/session.ts';
import { severityRank } from '../model/severity.ts';
import type { Source } from '../model/source.ts';
import type { Clock } from '../platform/clock.ts';
import type { CampaignName } from './answers.ts';

/** The ledger's lists and how they hang together, each computed when first asked for. */
export interface LedgerSnapshot {
  sources(): readonly Source[];
  sessions(): readonly Session[];
  findings(): readonly Finding[];
  indicators(): readonly Indicator[];
  campaigns(): readonly Campaign[];
  readonly placeOf: PlaceOf;
  /** The newest events, the newest last. */
  recent(): readonly Event[];
  findingsOf(session: string): readonly Finding[];
  worstOf(session: string): Finding | undefined;
  campaignName(id: string): CampaignName;
  /** How many indicators a campaign has. */
  indicatorsOf(campaign: string): number;
}

/** How many times longer than it took to compute a snapshot serves when new events keep coming. */
const SHARE = 10;

/**
 * The newest snapshot. Many pages asking while events pour in spend at most about a tenth of the time on it: what
 * took 1 ms is a few milliseconds old, what took 100 ms up to a second.
 */
export function createLedgerSnapshots(ledger: Ledger, clock: Clock): () => LedgerSnapshot {
  let current: LedgerSnapshot | undefined;
  let events = -1;
  let made = 0;
  let cost = 0;

  const timed = <T>(compute: () => T): T => {
    const start = clock.monotonic();
    const result = compute();
    cost += clock.monotonic() - start;
    return result;
  };
  return () => {
    const changed = events !== ledger.totals.events;
    if (current === undefined || (changed && clock.monotonic() - made >= cost * SHARE)) {
      events = ledger.totals.events;
      made = clock.monotonic();
      cost = 0;
      current = snapshotOf(ledger, timed);
    }
    return current;
  };
}

function snapshotOf(ledger: Ledger, timed: <T>(compute: () => T) => T): LedgerSnapshot {
  const once = <T>(compute: () => T): (() => T) => {
    let made: { readonly value: T } | undefined;
    return () => {
      made ??= { value: timed(compute) };
      return made.value;
    };
  };
  const findings = once(() => ledger.findings());
  const indicators = once(() => ledger.indicators());
  const campaigns = once(() => ledger.campaigns());
  const bySession = once(() => Map.groupBy(findings(), ({ session }) => session));
  const titles = once(() => new Map(campaigns().map(({ id, title }) => [id, title])));
  const perCampaign = once(() => Map.groupBy(indicators(), ({ campaign }) => campaign));
  const findingsOf = (session: string): readonly Finding[] => bySession().get(session) ?? [];
  return {
    sources: once(() => ledger.sources()),
    sessions: once(() => ledger.sessions()),
    findings,
    indicators,
    campaigns,
    placeOf: ledger.placeOf,
    recent: once(() => ledger.recent()),
    findingsOf,
    worstOf: (session) => findingsOf(session).reduce<Finding | undefined>(worse, undefined),
    campaignName: (id) => ({ id: printableText(id, 100), title: printableText(titles().get(id) ?? id, 200) }),
    indicatorsOf: (campaign) => perCampaign().get(campaign)?.length ?? 0,
  };
}

function worse(worst: Finding | undefined, finding: Finding): Finding {
  return worst !== undefined && severityRank(worst.severity) >= severityRank(finding.severity)
    ? worst
    : finding;
}
