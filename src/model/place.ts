import { z } from 'zod';

/** Whose network it is, where a list of this package knows it: a scanner that says so, or a place where anyone rents. */
export const NetworkKind = z.enum(['research', 'hosting']);
export type NetworkKind = z.infer<typeof NetworkKind>;

/**
 * Where an address seems to be. A hint from a dated file, never a fact: sources disagree about two addresses in five of
 * the well-known ones, and nothing may be blocked because of it.
 */
export const Place = z.object({
  /** ISO 3166-1 alpha-2, upper case. */
  country: z.string().optional(),
  /** Number of the autonomous system. */
  asn: z.number().int().optional(),
  /** What the file calls the autonomous system: printable. */
  network: z.string().optional(),
  kind: NetworkKind.optional(),
});
export type Place = z.infer<typeof Place>;
export type PlaceOf = (address: string) => Place | undefined;

/** A file that places come from. */
export const PlaceSource = z.object({
  /** What it tells. */
  tells: z.enum(['country', 'asn', 'country and asn']),
  name: z.string(),
  /** Day of the data, `2026-06-17`; what the file itself says, else its time stamp. */
  date: z.string(),
  licence: z.string(),
});
export type PlaceSource = z.infer<typeof PlaceSource>;
