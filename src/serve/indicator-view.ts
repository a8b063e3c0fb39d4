import { createHash } from 'node:crypto';
import type { Indicator } from '../model/indicator.ts';
import { printable, printableText } from '../model/printable.ts';
import type { IndicatorView } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { Listing } from './list-page.ts';

const LONGEST_VALUE = 1_000;

/** A name for an indicator that fits into an address: its value may be any bytes. */
export function indicatorId({ kind, value }: Pick<Indicator, 'kind' | 'value'>): string {
  return createHash('sha256').update(`${kind}\n${value}`).digest('hex').slice(0, 16);
}

export function indicatorView(indicator: Indicator, snapshot: LedgerSnapshot): IndicatorView {
  const { campaign, sample, ...rest } = indicator;
  return {
    ...rest,
    id: indicatorId(indicator),
    value: printable(indicator.value, LONGEST_VALUE),
    sessions: indicator.sessions.map((id) => printableText(id, 100)),
    sources: indicator.sources.map((address) => printableText(address, 100)),
    rules: indicator.rules.map((rule) => printableText(rule, 200)),
    ...(sample === undefined ? {} : { sample: printableText(sample, 1_000) }),
    ...(campaign === undefined ? {} : { campaign: snapshot.campaignName(campaign) }),
  };
}

export const indicatorListing: Listing<Indicator, IndicatorView> = {
  texts: ({ value, sample, kind, campaign }, snapshot) => [
    printable(value, LONGEST_VALUE),
    sample,
    kind,
    campaign === undefined ? undefined : snapshot.campaignName(campaign).title,
  ],
  addresses: ({ sources }) => sources,
  time: ({ lastSeen }) => lastSeen,
  passes: (indicator, { kind, session, source, campaign, rule }) =>
    (kind === undefined || indicator.kind === kind) &&
    (session === undefined || indicator.sessions.includes(session)) &&
    (source === undefined || indicator.sources.includes(source)) &&
    (campaign === undefined || indicator.campaign === campaign) &&
    (rule === undefined || indicator.rules.includes(rule)),
  orders: {
    first: ({ firstSeen }) => firstSeen,
    count: ({ sightings }) => sightings,
    sessions: ({ sessions }) => sessions.length,
    confidence: ({ confidence }) => confidence,
    name: ({ kind, value }) => `${kind} ${value}`,
  },
  view: indicatorView,
};
