import type { Hono } from 'hono';
import { createLedger } from '../../src/analysis/ledger.ts';
import { matchesFilter } from '../../src/journal/filter.ts';
import type { JournalStatus } from '../../src/journal/journal.ts';
import type { Act } from '../../src/model/act.ts';
import type { Event } from '../../src/model/event.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { createApp } from '../../src/serve/app.ts';
import { createLedgerSnapshots } from '../../src/serve/ledger-snapshot.ts';
import type { LiveFeed } from '../../src/serve/live-feed.ts';
import { createLiveFeed } from '../../src/serve/live-feed.ts';
import { statusView } from '../../src/serve/overview.ts';
import type { PageFile } from '../../src/serve/page-files.ts';
import { plainCampaigns, plainDetector } from './plain-detector.ts';

export interface InMemory {
  readonly app: Hono;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly live: LiveFeed;
  readonly journal: { status: JournalStatus };
  /** An event with its findings, a millisecond after the last one. */
  see(session: string, act: Act, address?: string): Event;
  /** Asks as a browser's page of the dashboard would; headers that are given replace or add. */
  ask(path: string, headers?: Record<string, string>, init?: RequestInit): Promise<Response>;
  /** The answer's body. */
  json<T>(path: string): Promise<T>;
}

const PORT = 8377;

/** The app over a ledger and a journal that live in memory only. */
export function inMemory(page: ReadonlyMap<string, PageFile> = new Map()): InMemory {
  const clock = fixedClock(Date.UTC(2026, 0, 15, 12));
  const ledger = createLedger({ campaigns: plainCampaigns });
  const detector = plainDetector();
  const events: Event[] = [];
  const journal = { status: { events: 0, bytes: 0, segments: 1, waiting: 0 } as JournalStatus };
  const place = { folder: '/data/journal', status: () => journal.status };
  const live = createLiveFeed(() => statusView({ ledger, journal: place, now: clock.now() }), '0.1.0');
  const app = createApp({
    ledger,
    snapshot: createLedgerSnapshots(ledger, clock),
    journal: place,
    readEvents: async function* (filter) {
      yield events.filter((event) => matchesFilter(event, filter));
    },
    recordings: undefined,
    placeSources: [],
    captures: () => [],
    audits: undefined,
    sensors: [{ name: 'redis-1', host: '127.0.0.1', port: 6379, protocol: 'redis' }],
    version: '0.1.0',
    clock,
    live,
    page,
    address: () => ({ host: '127.0.0.1', port: PORT }),
  });
  const ask: InMemory['ask'] = async (path, headers = {}, init = {}) =>
    app.request(`http://127.0.0.1:${PORT}${path}`, {
      ...init,
      headers: { host: `127.0.0.1:${PORT}`, 'sec-fetch-site': 'same-origin', ...headers },
    });
  return {
    app,
    clock,
    live,
    journal,
    see: (session, act, address = '203.0.113.5') => {
      clock.advance(1);
      const event: Event = {
        id: `00000000-${String(events.length).padStart(10, '0')}`,
        time: clock.now(),
        vantage: 'sensor',
        sensor: 'redis-1',
        session,
        peer: { address, port: 40_000 },
        act,
      };
      events.push(event);
      const { findings, held } = detector.observe(event);
      ledger.observe(event, findings, held);
      live.publish([event], findings);
      return event;
    },
    ask,
    json: async <T>(path: string) => (await (await ask(path)).json()) as T,
  };
}
