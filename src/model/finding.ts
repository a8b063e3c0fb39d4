import { z } from 'zod';
import { Peer, Vantage } from './event.ts';
import { Axis, Severity, Stage, Technique } from './severity.ts';

/** What a finding rests on: the event and the part of it that matched, as a safe one-line excerpt. */
export const Evidence = z.object({
  /** Event id, or an audit place such as `db0/key`. */
  event: z.string(),
  /** Field of the act, such as `value` or `args`. */
  field: z.string(),
  /** Printable, at most 200 characters. For secrets: kind and fingerprint, never the value. */
  excerpt: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A rule or an audit check that held, with its evidence. */
export const Finding = z.object({
  /** Stable for the same rule and session (or target): `<rule>@<session>`. */
  id: z.string(),
  rule: z.string(),
  /** The check of the audit that reported it. */
  check: z.string().optional(),
  title: z.string(),
  axis: Axis,
  severity: Severity,
  stage: Stage,
  attack: z.array(Technique),
  why: z.string(),
  advice: z.string(),
  /** Time of the act that completed the match, milliseconds since 1970 UTC. */
  time: z.number().int(),
  vantage: Vantage,
  sensor: z.string(),
  session: z.string(),
  peer: Peer,
  evidence: z.array(Evidence),
});
export type Finding = z.infer<typeof Finding>;
