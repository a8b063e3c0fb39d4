import { z } from 'zod';
import { Technique } from './severity.ts';

/** How many of a campaign's sources seem to be somewhere. */
export const PlaceShare = z.object({
  /** Country code, or `AS4134 Chinanet`; `unknown` where nothing is known. */
  name: z.string(),
  sources: z.number().int().positive(),
});
export type PlaceShare = z.infer<typeof PlaceShare>;

/** That a campaign became one with another, or came apart. */
export const CampaignChange = z.object({
  /** When it was noticed: at the end of a day, or now. Milliseconds since 1970 UTC. */
  time: z.number().int(),
  what: z.enum(['took in', 'lost sessions to', 'came from']),
  /** Id of the other campaign, which may be gone. */
  other: z.string(),
  sessions: z.number().int().positive(),
});
export type CampaignChange = z.infer<typeof CampaignChange>;

/** A named group of sessions, sources and indicators with the reasons that tie them. */
export const Campaign = z.object({
  /**
   * Stable: the file's id for a known actor; else the id of a known method, or `unnamed`, with 8 hex digits of its oldest
   * strong indicator: `unnamed-1a2b3c4d`.
   */
  id: z.string(),
  title: z.string(),
  known: z.boolean(),
  firstSeen: z.number().int(),
  lastSeen: z.number().int(),
  sessions: z.array(z.string()),
  sources: z.array(z.string()),
  /** Of all sources, the most first. A hint: see Place. */
  countries: z.array(PlaceShare),
  /** The 20 networks with the most sources. */
  networks: z.array(PlaceShare),
  techniques: z.array(Technique),
  /** One sentence a tie: which indicator or sign holds which sessions together. */
  reasons: z.array(z.string()),
  /** Merges and splits, the oldest first. */
  changes: z.array(CampaignChange),
});
export type Campaign = z.infer<typeof Campaign>;
