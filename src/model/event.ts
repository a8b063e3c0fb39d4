import { z } from 'zod';
import { Act } from './act.ts';

export const Vantage = z.enum(['sensor', 'guard', 'audit', 'import']);
export type Vantage = z.infer<typeof Vantage>;

/** The other side of a connection. Bound when the session opens; nothing a visitor sends can change it. */
export const Peer = z.object({ address: z.string(), port: z.number().int().min(0).max(65535) });
export type Peer = z.infer<typeof Peer>;

/** One act with who, where and when. Written once, never changed. */
export const Event = z.object({
  /** `<journal id>-<sequence number in base 36>`: unique, and sorts by writing order within one journal. */
  id: z.string(),
  /** Milliseconds since 1970 UTC, on the clock of the machine that observed the act. */
  time: z.number().int(),
  vantage: Vantage,
  /** Name of the sensor, guard or audit run. */
  sensor: z.string(),
  session: z.string(),
  peer: Peer,
  act: Act,
});
export type Event = z.infer<typeof Event>;
