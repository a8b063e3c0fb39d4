import { signal } from '@preact/signals';

/** Counts up when what is shown may be out of date: views fetch again. */
export const pulse = signal(0);

const FIRST_MS = 250;
const NEXT_MS = 1_000;
/** The server may answer with what it computed a moment ago: look once more when all is quiet. */
const LAST_MS = 2_500;

let last = Number.NEGATIVE_INFINITY;
let waiting: ReturnType<typeof setTimeout> | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

/** Soon, and at most once a second however much happens. */
export function pulseSoon(): void {
  clearTimeout(closing);
  closing = setTimeout(beat, LAST_MS);
  if (waiting !== undefined) return;
  waiting = setTimeout(beat, Math.max(FIRST_MS, last + NEXT_MS - performance.now()));
}

function beat(): void {
  clearTimeout(waiting);
  waiting = undefined;
  last = performance.now();
  pulse.value += 1;
}
