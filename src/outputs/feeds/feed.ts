import type { FeedItem } from '../../analysis/feed-items.ts';
import { printableText } from '../../model/printable.ts';

export interface FeedContext {
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Who gives it to others. */
  readonly producer: string;
  /** Traffic Light Protocol 2.0: how far it may be passed on. */
  readonly tlp: Tlp;
}

export const TLP = ['clear', 'green', 'amber', 'red'] as const;
export type Tlp = (typeof TLP)[number];

/** One format for other tools. Every value in it comes from attackers. */
export interface FeedFormat {
  readonly name: string;
  /** For lists of formats: what it is, and which tool reads it. */
  readonly title: string;
  readonly write: (items: readonly FeedItem[], context: FeedContext) => string;
}

export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** As STIX, MISP and ECS write times: UTC, to the millisecond. */
export function stamp(time: number): string {
  return new Date(time).toISOString();
}

/** In words for a comment: what it is, and whose. */
export function about({ indicator: { kind }, campaign }: FeedItem): string {
  return campaign === undefined
    ? `Redis attack, ${kind}`
    : `Redis attack, ${kind}, ${printableText(campaign.title, 200)}`;
}
