import type { QuietHours } from './alert-rule.ts';

/** Is it quiet at a time, milliseconds since 1970 UTC? `from` is inside, `to` is not; the span may pass midnight. */
export type QuietAt = (now: number) => boolean;

/** Asked once a minute at most, because reading a zone's clock costs some microseconds. */
export function createQuietAt(hours: QuietHours | undefined): QuietAt {
  if (hours === undefined) return () => false;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const [from, to] = [minuteOfDay(hours.from), minuteOfDay(hours.to)];
  let minute = Number.NaN;
  let quiet = false;
  return (now) => {
    const asked = Math.floor(now / 60_000);
    if (asked === minute) return quiet;
    minute = asked;
    const at = minuteOfDay(format.format(now));
    quiet = from <= to ? at >= from && at < to : at >= from || at < to;
    return quiet;
  };
}

/** `22:30` as 1350. */
function minuteOfDay(text: string): number {
  const [hour, minute] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}
