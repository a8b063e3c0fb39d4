import { z } from 'zod';

/** What a captured file is, by its first bytes. */
export const CaptureKind = z.enum(['elf', 'rdb', 'script', 'unknown']);
export type CaptureKind = z.infer<typeof CaptureKind>;

/** One time that a file came. */
export const Sighting = z.object({
  /** Milliseconds since 1970 UTC. */
  time: z.number().int(),
  session: z.string(),
  /** The master as the visitor named it, and the address and port that were dialled; or the visitor who handed it in. */
  host: z.string(),
  address: z.string(),
  port: z.number().int(),
  /** Where a real server would have written it; of a visitor's file the request's target, and the name given. */
  path: z.string(),
});
export type Sighting = z.infer<typeof Sighting>;

/** A file in the quarantine. Its content lies beside, under its SHA-256. */
export const CaptureRecord = z.object({
  /** Lower-case hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().nonnegative(),
  kind: CaptureKind,
  /** Commands that a module in it seems to bring. */
  names: z.array(z.string()),
  firstSeen: z.number().int(),
  lastSeen: z.number().int(),
  /** How often it came. */
  count: z.number().int().positive(),
  /** The latest of them, at most 50. */
  sightings: z.array(Sighting),
});
export type CaptureRecord = z.infer<typeof CaptureRecord>;
