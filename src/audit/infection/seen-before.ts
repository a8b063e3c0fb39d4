import type { Indicator } from '../../model/indicator.ts';

/** The model keeps at most so many sessions behind an indicator. */
const MOST_SESSIONS = 100;

/** `in 3 sessions, last 2026-11-24 10:00 UTC, campaign pnscan-backup`. */
export function seenBefore({ sessions, lastSeen, campaign }: Indicator): string {
  const count = sessions.length;
  const many =
    count >= MOST_SESSIONS
      ? `${MOST_SESSIONS} or more sessions`
      : `${count} session${count === 1 ? '' : 's'}`;
  const last = new Date(lastSeen).toISOString().slice(0, 16).replace('T', ' ');
  return `in ${many}, last ${last} UTC${campaign === undefined ? '' : `, campaign ${campaign}`}`;
}
