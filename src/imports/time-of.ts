const LONGEST = 64;
const DATE_AND_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(?:(Z|UTC)|([+-])(\d\d):?(\d\d))?$/i;
/** A number below is seconds, above milliseconds; this is the year 5138 or 1973. */
const SECONDS_BELOW = 100_000_000_000;

/**
 * The time of a log line, milliseconds since 1970 UTC: a date and time of ISO 8601 (also with a blank for the T; without a
 * zone it is UTC), or a number of seconds or milliseconds. NaN for anything else.
 */
export function timeOf(value: unknown): number {
  if (typeof value === 'number') return value < SECONDS_BELOW ? value * 1_000 : value;
  if (typeof value !== 'string' || value.length > LONGEST) return Number.NaN;
  if (/^\d{1,15}(\.\d{1,9})?$/.test(value)) return timeOf(Number(value));
  const found = DATE_AND_TIME.exec(value);
  if (found === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60)
    return Number.NaN;
  const fraction = Number(`0.${found[7] ?? '0'}`) * 1_000;
  const ahead = (Number(found[10] ?? 0) * 60 + Number(found[11] ?? 0)) * (found[9] === '-' ? -1 : 1);
  return Date.UTC(year, month - 1, day, hour, minute - ahead, second) + Math.floor(fraction);
}
