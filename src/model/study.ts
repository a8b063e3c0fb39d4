import { z } from 'zod';
import { Technique } from './severity.ts';
import { WebClass } from './web-attack.ts';

/** A part of a whole with its 95 % Wilson score interval; all shares from 0 to 1, null when the whole is 0. */
export const Share = z.object({
  count: z.number().int().nonnegative(),
  of: z.number().int().nonnegative(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Share = z.infer<typeof Share>;

/** The table of the 2018 study, for a list of servers. Shares are of those that responded. */
export const ServerStudy = z.object({
  asked: z.number().int().nonnegative(),
  /** Probably honeypots: they count nowhere else. */
  decoys: z.number().int().nonnegative(),
  /** Spoke Redis with us, whether or not they let us look. */
  responded: z.number().int().nonnegative(),
  /** Let us look at keys. */
  looked: z.number().int().nonnegative(),
  maliciousKeys: Share,
  maliciousValues: Share,
  infected: Share,
  /** Servers by the way the conversation ended. */
  outcomes: z.record(z.string(), z.number().int().positive()),
  campaigns: z.array(z.object({ id: z.string(), title: z.string(), servers: Share })),
});
export type ServerStudy = z.infer<typeof ServerStudy>;

/** The web attacks of a span of time. Requests that a log told of are never among those that a sensor saw. */
export const WebStudy = z.object({
  requests: z.number().int().nonnegative(),
  /** Requests with at least one attack in them. */
  attacks: z.number().int().nonnegative(),
  /** Addresses that sent these. */
  attackers: z.number().int().nonnegative(),
  /** By class, the most frequent first; a request may be in several. */
  classes: z.array(
    z.object({
      class: WebClass,
      title: z.string(),
      requests: z.number().int().positive(),
      sources: z.number().int().positive(),
    }),
  ),
  /** Of the attackers, those that attacked Redis in the same span as well. */
  alsoRedis: Share,
  /** Addresses that behaved as scanners, or said they are. */
  scanners: z.number().int().nonnegative(),
  /** Addresses that sent miners or spoke as one. */
  miners: z.number().int().nonnegative(),
});
export type WebStudy = z.infer<typeof WebStudy>;

/** What the sensors met in a span of time; of logs of web servers only `webLogs` tells. */
export const SensorStudy = z.object({
  /** Milliseconds since 1970 UTC; `since` is inside, `until` is not. */
  since: z.number().int(),
  until: z.number().int(),
  sources: z.number().int().nonnegative(),
  sessions: z.number().int().nonnegative(),
  /** Sessions with at least one finding of stage access or later. */
  attacks: z.number().int().nonnegative(),
  /** Sources behind these. */
  attackers: z.number().int().nonnegative(),
  techniques: z.array(
    z.object({
      technique: Technique,
      attacks: z.number().int().positive(),
      sources: z.number().int().positive(),
    }),
  ),
  rules: z.array(
    z.object({
      rule: z.string(),
      title: z.string(),
      attacks: z.number().int().positive(),
      sources: z.number().int().positive(),
    }),
  ),
  /** Seen by sensors; null when no HTTP door was visited. */
  web: WebStudy.nullable(),
  /** Told by imported logs: without bodies and most headers, so less was there to be seen. */
  webLogs: WebStudy.nullable(),
});
export type SensorStudy = z.infer<typeof SensorStudy>;
