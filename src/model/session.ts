import { z } from 'zod';
import { Protocol } from './act.ts';
import { Peer, Vantage } from './event.ts';
import { Place } from './place.ts';
import { Severity, Stage, Technique } from './severity.ts';

/**
 * Why a visit is noise: a research scanner's network; nothing but another protocol; nothing but harmless questions such as
 * PING; not a word.
 */
export const Noise = z.enum(['research', 'wrong-protocol', 'probe', 'silent']);
export type Noise = z.infer<typeof Noise>;

/** One visit, as the events of it add up. */
export const Session = z.object({
  id: z.string(),
  vantage: Vantage,
  sensor: z.string(),
  protocol: Protocol,
  peer: Peer,
  /** Where its address seems to be; absent when nothing knows. */
  place: Place.optional(),
  /** Time of the first act, milliseconds since 1970 UTC. */
  opened: z.number().int(),
  /** Time of the last act so far. */
  lastSeen: z.number().int(),
  /** Why it ended; absent while it is open. */
  closed: z.string().optional(),
  commands: z.number().int().nonnegative(),
  /** Ids of the rules that held, in the order they did. */
  rules: z.array(z.string()),
  techniques: z.array(Technique),
  /** The worst finding's; absent without findings. */
  severity: Severity.optional(),
  /** The furthest finding's; absent without findings. */
  stage: Stage.optional(),
  /** Absent for visits that are worth a look. */
  noise: Noise.optional(),
  /** Id of the campaign it belongs to, once it is tied to one. */
  campaign: z.string().optional(),
});
export type Session = z.infer<typeof Session>;
