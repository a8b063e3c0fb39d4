/** `2026-11-24 20:15:03Z`: sorts, has a zone, and is short enough for a table. */
export function timeText(ms: number): string {
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15
    ? `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`
    : '?';
}

/** `850 ms`, `12.3 s`, `4 min`, `2.5 h`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
