import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { StatusView, StreamMessages } from './answers.ts';
import { BRIEF, eventView } from './event-view.ts';
import { findingView } from './finding-view.ts';
import type { LiveClient } from './live-client.ts';
import { createLiveClient } from './live-client.ts';

/** Tells all open pages what just happened. */
export interface LiveFeed {
  publish(events: readonly Event[], findings: readonly Finding[]): void;
  /** The stream for one more page; undefined when there are too many. */
  connect(): ReadableStream<Uint8Array> | undefined;
  /** Ends all streams. */
  close(): void;
  readonly clients: number;
}

export interface LiveFeedLimits {
  readonly clients: number;
  /** What may wait for one page. */
  readonly messages: number;
  readonly bytes: number;
  /** Items of one kind that one moment shows; more are only counted. */
  readonly items: number;
  /** How long events gather into one message, and the time between heartbeats; milliseconds. */
  readonly gatherMs: number;
  readonly beatMs: number;
}

export const LIVE_FEED_LIMITS: LiveFeedLimits = {
  clients: 24,
  messages: 64,
  bytes: 1_048_576,
  items: 60,
  gatherMs: 150,
  beatMs: 5_000,
};

export function createLiveFeed(
  status: () => StatusView,
  version: string,
  limits: LiveFeedLimits = LIVE_FEED_LIMITS,
): LiveFeed {
  const clients = new Set<LiveClient>();
  const events = createGathered<Event>(limits.items);
  const findings = createGathered<Finding>(limits.items);
  let gathering: NodeJS.Timeout | undefined;
  let closed = false;

  const send = (message: Uint8Array): void => {
    for (const client of clients) client.push(message);
  };
  const flush = (): void => {
    gathering = undefined;
    const someEvents = events.take();
    if (someEvents) {
      const items = someEvents.items.map((event) => eventView(event, BRIEF));
      send(encode('events', { items, skipped: someEvents.skipped }));
    }
    const someFindings = findings.take();
    if (someFindings) {
      send(encode('findings', { items: someFindings.items.map(findingView), skipped: someFindings.skipped }));
    }
  };
  const beat = setInterval(() => {
    if (clients.size > 0) send(encode('status', status()));
  }, limits.beatMs);
  beat.unref();

  return {
    publish(newEvents, newFindings) {
      if (clients.size === 0 || closed) return;
      events.add(newEvents);
      findings.add(newFindings);
      gathering ??= setTimeout(flush, limits.gatherMs);
    },
    connect() {
      if (clients.size >= limits.clients || closed) return undefined;
      const client = createLiveClient(limits, encode('lagged', {}), () => clients.delete(client));
      clients.add(client);
      client.push(encode('hello', { ...status(), version }));
      return client.stream;
    },
    close() {
      closed = true;
      clearInterval(beat);
      clearTimeout(gathering);
      for (const client of clients) client.end();
      clients.clear();
    },
    get clients() {
      return clients.size;
    },
  };
}

/** Keeps the newest few and counts the rest. */
function createGathered<T>(most: number) {
  let items: T[] = [];
  let skipped = 0;
  return {
    add(more: readonly T[]): void {
      const all = [...items, ...more.slice(-most)];
      skipped += items.length + more.length - Math.min(all.length, most);
      items = all.slice(-most);
    },
    take(): { items: T[]; skipped: number } | undefined {
      if (items.length === 0) return undefined;
      const taken = { items, skipped };
      items = [];
      skipped = 0;
      return taken;
    },
  };
}

const encoder = new TextEncoder();

/** JSON has no line ends of its own, so one data line is enough. */
function encode<Name extends keyof StreamMessages>(name: Name, message: StreamMessages[Name]): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${JSON.stringify(message)}\n\n`);
}
