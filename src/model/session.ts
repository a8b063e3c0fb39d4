import { z } from 'zod';
import { Peer, Vantage } from './event.ts';
import { Severity, Stage, Technique } from './severity.ts';

/** One visit, as the events of it add up. */
export const Session = z.object({
  id: z.string(),
  vantage: Vantage,
  sensor: z.string(),
  protocol: z.enum(['redis', 'http', 'smb']),
  peer: Peer,
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
  /** Id of the campaign it belongs to, once it is tied to one. */
  campaign: z.string().optional(),
});
export type Session = z.infer<typeof Session>;
