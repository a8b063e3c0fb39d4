/** Nobody makes an alert wait longer than this. */
const LONGEST_MS = 600_000;

/** The header of HTTP: seconds, or a date. Milliseconds from `now`, at most ten minutes; undefined for anything else. */
export function retryAfterMs(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.length > 60) return undefined;
  const ms = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_MS, Math.max(0, ms));
}
