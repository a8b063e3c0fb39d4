import { isIP } from 'node:net';
import { isSharedHost } from '../content/distinctive.ts';
import { isNowhere, isPrivate } from '../content/ipv4.ts';
import type { Campaign } from '../model/campaign.ts';
import { endpointParts } from '../model/endpoint.ts';
import type { Indicator, IndicatorKind } from '../model/indicator.ts';

/** An indicator as it is given to others: with what is left of its confidence, and until when it should be used. */
export interface FeedItem {
  readonly indicator: Indicator;
  /** 0 to 1 at the time of the feed. */
  readonly confidence: number;
  /** Milliseconds since 1970 UTC: from then on it is below the confidence that was asked for. */
  readonly expires: number;
  readonly campaign: Campaign | undefined;
}

/**
 * Days until an indicator that is not seen again is worth half. Addresses change hands within days; who has a key or a
 * wallet keeps it for years.
 */
export const HALF_LIFE_DAYS: Readonly<Record<IndicatorKind, number>> = {
  address: 7,
  endpoint: 14,
  host: 30,
  url: 30,
  password: 90,
  'user-agent': 90,
  cron: 180,
  tlsh: 365,
  key: 180,
  'file-path': 180,
  module: 180,
  value: 365,
  'value-shape': 365,
  sha256: 730,
  script: 730,
  'ssh-key': 730,
  wallet: 730,
};

const DAY_MS = 86_400_000;

/** What is left of the confidence at a time: half of it after each half-life since it was last seen. */
export function decayed({ kind, confidence, lastSeen }: Indicator, now: number): number {
  const days = Math.max(0, now - lastSeen) / DAY_MS;
  return confidence * 2 ** (-days / HALF_LIFE_DAYS[kind]);
}

export interface FeedSelection {
  readonly now: number;
  readonly minConfidence: number;
  readonly kinds?: readonly IndicatorKind[] | undefined;
}

/**
 * Indicators that are worth giving to others now, the surest first. Private addresses and hosts that serve everybody are
 * left out whatever their confidence: nobody is to block a resolver or his own network because of a feed.
 */
export function feedItems(
  indicators: readonly Indicator[],
  campaigns: readonly Campaign[],
  { now, minConfidence, kinds }: FeedSelection,
): readonly FeedItem[] {
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const items = indicators
    .map(plainKind)
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    .filter((indicator) => !isEverybodys(indicator))
    .map((indicator) => ({
      indicator,
      confidence: decayed(indicator, now),
      expires: expiryOf(indicator, minConfidence),
      campaign: indicator.campaign === undefined ? undefined : byId.get(indicator.campaign),
    }))
    .filter(({ confidence }) => confidence >= minConfidence)
    .toSorted((a, b) => b.confidence - a.confidence || b.indicator.lastSeen - a.indicator.lastSeen);
  // The surest of the same.
  const distinct = new Map<string, FeedItem>();
  for (const item of items) {
    const key = `${item.indicator.kind} ${item.indicator.value}`;
    if (!distinct.has(key)) distinct.set(key, item);
  }
  return [...distinct.values()];
}

/** A master is named as its visitor named it: one that is an address is given to others as an address. */
function plainKind(indicator: Indicator): Indicator {
  return indicator.kind === 'host' && isIP(indicator.value) !== 0
    ? { ...indicator, kind: 'address' }
    : indicator;
}

function expiryOf({ kind, confidence, lastSeen }: Indicator, least: number): number {
  const lives = Math.log2(confidence / Math.max(least, 0.01));
  return lastSeen + Math.max(0, Math.round(lives * HALF_LIFE_DAYS[kind] * DAY_MS));
}

function isEverybodys({ kind, value }: Indicator): boolean {
  const host = kind === 'endpoint' ? endpointParts(value).host : value;
  if (kind !== 'address' && kind !== 'host' && kind !== 'endpoint') return false;
  return isPrivate(host) || isNowhere(host) || isSharedHost(host) || isOwnNetwork(host);
}

/** IPv6: loopback, unique local and link-local. */
function isOwnNetwork(host: string): boolean {
  return /^(?:::1$|::$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(host);
}
