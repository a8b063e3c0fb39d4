import { computed, signal } from '@preact/signals';
import { status } from './live.ts';

/** The page's own time, to the second. */
const seconds = signal(Date.now());
setInterval(() => {
  seconds.value = Date.now();
}, 1_000);

/** How far this machine's clock is from the server's, as of the last heartbeat. */
const ahead = computed(() => (status.value === undefined ? 0 : Date.now() - status.value.now));

/** The server's time now, milliseconds since 1970 UTC: ages are told by it. */
export const serverNow = computed(() => seconds.value - ahead.value);
