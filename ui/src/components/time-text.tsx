import { serverNow } from '../state/clock.ts';
import { agoText, localTime, utcTime } from '../state/words.ts';

interface TimeProps {
  readonly at: number;
  /** Say how long ago instead. */
  readonly ago?: boolean;
}

/** A point in time in the reader's zone; UTC on hover. */
export function TimeText({ at, ago = false }: TimeProps) {
  const now = serverNow.value;
  const local = localTime(at, now);
  const since = agoText(at, now);
  return (
    <time dateTime={new Date(at).toISOString()} title={`${utcTime(at)} · ${ago ? local : since}`}>
      {ago ? since : local}
    </time>
  );
}
