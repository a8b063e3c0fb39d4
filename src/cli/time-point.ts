import { Complaint } from './exit.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * A point in time as people write it: `15m`, `24h` or `7d` before now, or an ISO 8601 date or time (UTC unless it
 * carries a zone). Milliseconds since 1970 UTC.
 */
export function timePoint(text: string, now: number): number {
  const ago = /^(\d{1,6})([smhdw])$/.exec(text);
  if (ago) return now - Number(ago[1]) * (UNIT_MS[ago[2] ?? ''] ?? 0);
  const iso = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  const time = iso ? Date.parse(iso[1] && !iso[2] ? `${text}Z` : text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new Complaint(
      `'${text.slice(0, 60)}' is not a time.`,
      'Write how long ago (15m, 24h, 7d) or an ISO time (2026-01-31, 2026-01-31T22:00:00Z).',
    );
  }
  return time;
}
