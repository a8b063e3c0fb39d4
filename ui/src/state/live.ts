import { signal } from '@preact/signals';
import type { EventView, FindingView, StatusView, StreamMessages } from '../../../src/serve/answers.ts';
import { newestFirst } from './newest-first.ts';
import { pulseSoon } from './pulse.ts';

/** `asleep`: nobody looks at the page, so it has let go of its connection. */
export type Connection = 'connecting' | 'live' | 'lost' | 'asleep';

export const connection = signal<Connection>('connecting');
/** Seconds until the next try, while the connection is lost. */
export const retryIn = signal(0);
export const status = signal<StatusView | undefined>(undefined);
export const liveEvents = signal<readonly EventView[]>([]);
export const liveFindings = signal<readonly FindingView[]>([]);
/** Events that came too fast to be shown one by one. */
export const skipped = signal(0);
export const paused = signal(false);

const FEED = 100;
const LONGEST_WAIT = 15;
/** The server sends a heartbeat every 5 s; a connection this silent is dead even if nobody has said so. */
const SILENCE_MS = 17_000;
const ASLEEP_AFTER_MS = 60_000;

let source: EventSource | undefined;
let tries = 0;
let heard = 0;
let sleeping: ReturnType<typeof setTimeout> | undefined;

/** Connects, and stays connected for as long as the page is looked at. */
export function startLive(): void {
  connect();
  setInterval(() => {
    if (connection.value === 'lost') countDown();
    else if (connection.value === 'live' && performance.now() - heard > SILENCE_MS) lose();
  }, 1_000);
  document.addEventListener('visibilitychange', () => {
    clearTimeout(sleeping);
    if (document.hidden) sleeping = setTimeout(fallAsleep, ASLEEP_AFTER_MS);
    else if (connection.value === 'asleep') connect();
  });
}

/** Puts what an overview holds into the feeds, so that they are never empty after a reconnect. */
export function seedFeeds(events: readonly EventView[], findings: readonly FindingView[]): void {
  if (paused.value) return;
  liveEvents.value = newestFirst(liveEvents.value, events, FEED);
  liveFindings.value = newestFirst(liveFindings.value, findings, FEED);
}

export function retryNow(): void {
  if (connection.value === 'lost') connect();
}

function connect(): void {
  source?.close();
  connection.value = 'connecting';
  const stream = new EventSource('api/stream');
  source = stream;
  stream.addEventListener('error', lose);
  on(stream, 'hello', (message) => {
    tries = 0;
    connection.value = 'live';
    status.value = message;
    pulseSoon();
  });
  on(stream, 'status', (message) => {
    status.value = message;
  });
  on(stream, 'events', ({ items, skipped: more }) => {
    if (!paused.value) {
      liveEvents.value = newestFirst(items.toReversed(), liveEvents.value, FEED);
      skipped.value += more;
    }
    pulseSoon();
  });
  on(stream, 'findings', ({ items }) => {
    if (!paused.value) liveFindings.value = newestFirst(items.toReversed(), liveFindings.value, FEED);
    pulseSoon();
  });
  on(stream, 'lagged', pulseSoon);
}

function on<Name extends keyof StreamMessages>(
  stream: EventSource,
  name: Name,
  listener: (message: StreamMessages[Name]) => void,
): void {
  stream.addEventListener(name, (event: MessageEvent<string>) => {
    heard = performance.now();
    listener(JSON.parse(event.data) as StreamMessages[Name]);
  });
}

function lose(): void {
  source?.close();
  tries += 1;
  retryIn.value = Math.min(2 ** (tries - 1), LONGEST_WAIT);
  connection.value = 'lost';
}

function countDown(): void {
  retryIn.value -= 1;
  if (retryIn.value <= 0) connect();
}

function fallAsleep(): void {
  source?.close();
  connection.value = 'asleep';
}
