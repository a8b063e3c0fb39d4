import { z } from 'zod';
import { Protocol } from './act.ts';

/** What one address did at each kind of door (Redis, HTTP, SMB). */
export const DoorVisits = z.object({
  address: z.string(),
  doors: z.array(
    z.object({
      protocol: Protocol,
      /** Times of the visits, milliseconds since 1970 UTC, the earliest first. */
      visits: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
      /** Commands and requests. */
      commands: z.number().int().nonnegative(),
      /** Visits with an attack. */
      attacks: z.number().int().nonnegative(),
      /** Rules that held, each once. */
      rules: z.array(z.string()),
    }),
  ),
});
export type DoorVisits = z.infer<typeof DoorVisits>;
