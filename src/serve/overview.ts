import type { Ledger } from '../analysis/ledger.ts';
import { countriesOf } from '../analysis/place-shares.ts';
import { isAttack } from '../analysis/session-record.ts';
import type { JournalStatus } from '../journal/journal.ts';
import type { Protocol } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { PlaceSource } from '../model/place.ts';
import { printableText } from '../model/printable.ts';
import type { Severity } from '../model/severity.ts';
import type { SensorStudy } from '../model/study.ts';
import type { OverviewAnswer, SensorView, StatusView } from './answers.ts';
import { campaignView } from './campaign-view.ts';
import { BRIEF, eventView } from './event-view.ts';
import { DAY, headlineFigures } from './figures.ts';
import { findingView } from './finding-view.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';

export interface SensorPlace {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export interface OverviewInput {
  readonly ledger: Ledger;
  readonly snapshot: LedgerSnapshot;
  readonly journal: { readonly folder: string; status(): JournalStatus };
  readonly sensors: readonly SensorPlace[];
  readonly placeSources: readonly PlaceSource[];
  readonly store: boolean;
  readonly version: string;
  readonly now: number;
}

const FEED_FINDINGS = 100;
const FEED_EVENTS = 80;
const FEED_CAMPAIGNS = 6;
/** Newest events that are asked which sensor was heard last. */
const HEARD_AMONG = 2_000;

/** What changes all the time. */
export function statusView(input: Pick<OverviewInput, 'ledger' | 'journal' | 'now'>): StatusView {
  const { events, bytes, segments, waiting, trouble } = input.journal.status();
  const { totals } = input.ledger;
  return {
    now: input.now,
    totals: {
      events: totals.events,
      sessions: totals.sessions,
      sources: totals.sources,
      findings: totals.findings,
      indicators: totals.indicators,
    },
    journal: {
      folder: printableText(input.journal.folder, 300),
      events,
      bytes,
      segments,
      waiting,
      ...(trouble === undefined ? {} : { trouble: printableText(trouble, 600) }),
    },
  };
}

/** Everything the first page shows. Its day is the last 24 hours, with the 24 before for comparison. */
export function overviewAnswer(input: OverviewInput): OverviewAnswer {
  const { ledger, snapshot, now } = input;
  const since = now - DAY;
  const recent = snapshot.recent();
  const findings = snapshot.findings();
  const study = ledger.study(since, now + 1);
  return {
    ...statusView(input),
    version: input.version,
    since,
    figures: headlineFigures(ledger, snapshot, study, since),
    countries: countries(snapshot, since),
    placeSources: input.placeSources.map(({ name, ...rest }) => ({
      ...rest,
      name: printableText(name, 100),
    })),
    noise: snapshot.sessions().filter(({ opened, noise }) => noise !== undefined && opened >= since).length,
    store: input.store,
    severities: countSeverities(findings.filter(({ time }) => time >= since)),
    study: safeStudy(study),
    sensors: input.sensors.map((sensor) => sensorView(sensor, recent.slice(-HEARD_AMONG))),
    campaigns: snapshot
      .campaigns()
      .toSorted((a, b) => b.lastSeen - a.lastSeen)
      .slice(0, FEED_CAMPAIGNS)
      .map((campaign) => campaignView(campaign, snapshot)),
    latestFindings: findings.slice(-FEED_FINDINGS).toReversed().map(findingView),
    latestEvents: recent
      .slice(-FEED_EVENTS)
      .toReversed()
      .map((event) => eventView(event, BRIEF)),
  };
}

function sensorView(sensor: SensorPlace, recent: readonly Event[]): SensorView {
  const last = recent.findLast((event) => event.sensor === sensor.name);
  return {
    name: printableText(sensor.name, 100),
    host: printableText(sensor.host, 100),
    port: sensor.port,
    protocol: sensor.protocol,
    ...(last === undefined ? {} : { lastEvent: last.time }),
  };
}

function countries(snapshot: LedgerSnapshot, since: number): OverviewAnswer['countries'] {
  const today = snapshot.sources().filter(({ lastSeen }) => lastSeen >= since);
  const attackers = new Map(
    countriesOf(
      today.filter(isAttack).map(({ address }) => address),
      snapshot.placeOf,
    ).map(({ name, sources }) => [name, sources]),
  );
  return countriesOf(
    today.map(({ address }) => address),
    snapshot.placeOf,
  ).map((share) => ({ ...share, attackers: attackers.get(share.name) ?? 0 }));
}

function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

export function safeStudy(study: SensorStudy): SensorStudy {
  return {
    ...study,
    techniques: study.techniques.slice(0, 20),
    rules: study.rules.slice(0, 20).map(({ rule, title, ...counts }) => ({
      rule: printableText(rule, 200),
      title: printableText(title, 300),
      ...counts,
    })),
  };
}
