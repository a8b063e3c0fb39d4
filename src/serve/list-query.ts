import { z } from 'zod';
import { IndicatorKind } from '../model/indicator.ts';
import { Severity, Technique } from '../model/severity.ts';

/** Rows of one answer, at most; exports have a limit of their own. */
export const LONGEST_PAGE = 500;

const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/, 'a whole number')
  .transform(Number);
const word = z.string().min(1).max(200);

/**
 * What lists can be asked for. `since` is how long ago (`15m`, `24h`, `7d`) or milliseconds since 1970 UTC;
 * `until` likewise; `severity` means that or worse, `level` that one only. A parameter a list does not know by its items is not an error, one that no list
 * knows is.
 */
export const ListQuery = z.strictObject({
  limit: wholeNumber.pipe(z.number().min(1).max(LONGEST_PAGE)).default(50),
  offset: wholeNumber.default(0),
  contains: z.string().max(200).optional(),
  severity: Severity.optional(),
  level: Severity.optional(),
  since: z
    .string()
    .regex(/^(\d{1,6}[smhdw]|\d{1,15})$/, 'how long ago (15m, 24h, 7d) or milliseconds')
    .optional(),
  until: z
    .string()
    .regex(/^(\d{1,6}[smhdw]|\d{1,15})$/, 'how long ago (15m, 24h, 7d) or milliseconds')
    .optional(),
  sort: z.enum(['recent', 'first', 'severity', 'count', 'sessions', 'confidence', 'name']).optional(),
  order: z.enum(['asc', 'desc']).optional(),
  source: word.optional(),
  session: word.optional(),
  sensor: word.optional(),
  rule: word.optional(),
  campaign: word.optional(),
  technique: Technique.optional(),
  kind: IndicatorKind.optional(),
  /** Country code, or `unknown`. */
  country: z
    .string()
    .regex(/^([A-Z]{2}|unknown)$/, 'a country code such as NL, or unknown')
    .optional(),
  /** Number of an autonomous system. */
  asn: wholeNumber.optional(),
  attacks: z.enum(['1']).optional(),
  /** Shows noise as well, where a list has any. */
  noise: z.enum(['1']).optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** The point in time of a `since` that ListQuery let pass, milliseconds since 1970 UTC. */
export function sincePoint(since: string, now: number): number {
  const unit = UNIT_MS[since.at(-1) ?? ''];
  return unit === undefined ? Number(since) : now - Number(since.slice(0, -1)) * unit;
}
