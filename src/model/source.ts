import { z } from 'zod';
import { Place } from './place.ts';
import { Noise } from './session.ts';
import { Severity, Stage, Technique } from './severity.ts';

/** One address that came to a sensor, over all its sessions. */
export const Source = z.object({
  address: z.string(),
  /** Where it seems to be; absent when nothing knows. */
  place: Place.optional(),
  /** Milliseconds since 1970 UTC. */
  firstSeen: z.number().int(),
  lastSeen: z.number().int(),
  sessions: z.number().int().positive(),
  commands: z.number().int().nonnegative(),
  /** Ids of the rules that held, in the order they did. */
  rules: z.array(z.string()),
  techniques: z.array(Technique),
  severity: Severity.optional(),
  stage: Stage.optional(),
  /** The noise of its last visit; absent when one of its visits is worth a look. */
  noise: Noise.optional(),
  /** Ids of the campaigns its sessions are tied to. */
  campaigns: z.array(z.string()),
});
export type Source = z.infer<typeof Source>;
