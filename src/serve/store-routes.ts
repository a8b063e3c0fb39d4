import type { Hono } from 'hono';
import type { Event } from '../model/event.ts';
import { printableText } from '../model/printable.ts';
import type { Column } from '../outputs/column.ts';
import type { CountedBy } from '../store/event-query.ts';
import {
  COUNTED_BY,
  countStatement,
  eventsStatement,
  timelineStatement,
  topStatement,
} from '../store/event-query.ts';
import type { EventStore } from '../store/event-store.ts';
import { StoreError } from '../store/store-engine.ts';
import { storedEvent } from '../store/stored-event.ts';
import type { ListAnswer, TimelineAnswer, TopAnswer } from './answers.ts';
import type { DashboardContext } from './context.ts';
import { BRIEF, eventView } from './event-view.ts';
import { EXPORT_FORMATS } from './export-formats.ts';
import { readQuery } from './read-query.ts';
import { sessionTimeline } from './session-timeline.ts';
import { eventFilter } from './store-query.ts';
import { timelineSpan } from './timeline-span.ts';

/** Figures and events from the store; where it is not, from what is remembered, and the answer says so. */
export function addStoreRoutes(app: Hono, dashboard: DashboardContext): void {
  const { snapshot, clock, store } = dashboard;
  addSearchExport(app, dashboard);
  const isOpen = (one: EventStore | undefined): one is EventStore => one?.status().open === true;

  app.get('/api/timeline', async (context) => {
    const read = readQuery(context);
    if ('refused' in read) return read.refused;
    const now = clock.now();
    const span = timelineSpan(read.query, snapshot(), now);
    if (!isOpen(store)) return context.json(sessionTimeline(read.query, span, snapshot(), now));
    const filter = { ...eventFilter(read.query, snapshot(), now), since: span.since, until: span.until };
    const { sql, parameters } = timelineStatement(filter, span.step / 1_000);
    return answer(context, async () => {
      const rows = await store.query(sql, parameters);
      const result: TimelineAnswer = {
        ...span,
        whole: true,
        buckets: rows.map(({ at, events, sessions, sources }) => ({
          at: Number(at) * 1_000,
          events: Number(events),
          sessions: Number(sessions),
          sources: Number(sources),
        })),
      };
      return context.json(result);
    });
  });

  for (const by of Object.keys(COUNTED_BY) as CountedBy[]) {
    app.get(`/api/top/${by}`, async (context) => {
      const read = readQuery(context);
      if ('refused' in read) return read.refused;
      if (!isOpen(store)) return context.json({ error: NO_STORE, remedy: NO_STORE_REMEDY }, 503);
      const filter = eventFilter(read.query, snapshot(), clock.now());
      const { sql, parameters } = topStatement(by, filter, read.query.limit);
      return answer(context, async () => {
        const rows = await store.query(sql, parameters);
        const result: TopAnswer = {
          items: rows.map(({ name, events, sources }) => ({
            name: printableText(String(name), 200),
            events: Number(events),
            sources: Number(sources),
          })),
        };
        return context.json(result);
      });
    });
  }

  app.get('/api/search', async (context) => {
    const read = readQuery(context);
    if ('refused' in read) return read.refused;
    if (!isOpen(store)) return context.json({ error: NO_STORE, remedy: NO_STORE_REMEDY }, 503);
    const { query } = read;
    const filter = eventFilter(query, snapshot(), clock.now());
    return answer(context, async () => {
      const page = eventsStatement(filter, query.offset, query.limit);
      const count = countStatement(filter);
      const [rows, counted] = await Promise.all([
        store.query(page.sql, page.parameters),
        store.query(count.sql, count.parameters),
      ]);
      const result: ListAnswer<unknown> = {
        total: Number(counted[0]?.['events'] ?? 0),
        offset: query.offset,
        items: rows.flatMap((row) => {
          const event = storedEvent(row);
          return event === undefined ? [] : [eventView(event, BRIEF)];
        }),
      };
      return context.json(result);
    });
  });
}

/** Rows of one file, at most. */
const LONGEST_FILE = 100_000;

function addSearchExport(app: Hono, { snapshot, clock, store }: DashboardContext): void {
  for (const [ending, format] of Object.entries(EXPORT_FORMATS)) {
    app.get(`/api/export/search.${ending}`, async (context) => {
      const read = readQuery(context);
      if ('refused' in read) return read.refused;
      if (store === undefined) return context.json({ error: NO_STORE, remedy: NO_STORE_REMEDY }, 503);
      const filter = eventFilter(read.query, snapshot(), clock.now());
      const { sql, parameters } = eventsStatement(filter, 0, LONGEST_FILE);
      return answer(context, async () => {
        const events = (await store.query(sql, parameters)).flatMap((row) => storedEvent(row) ?? []);
        return context.body(format.write(events, EVENT_COLUMNS), 200, {
          'content-type': format.type,
          'content-disposition': `attachment; filename="sundew-events.${ending}"`,
        });
      });
    });
  }
}

const EVENT_COLUMNS: readonly Column<Event>[] = [
  { name: 'time', title: 'TIME', cell: ({ time }) => new Date(time).toISOString() },
  { name: 'source', title: 'SOURCE', cell: ({ peer }) => printableText(peer.address) },
  { name: 'sensor', title: 'SENSOR', cell: ({ sensor }) => printableText(sensor) },
  { name: 'session', title: 'SESSION', cell: ({ session }) => printableText(session) },
  { name: 'type', title: 'TYPE', cell: ({ act }) => act.type },
  { name: 'what', title: 'WHAT', cell: (event) => eventView(event, BRIEF).what },
  { name: 'arguments', title: 'ARGUMENTS', cell: (event) => eventView(event, BRIEF).args.join(' ') },
  { name: 'note', title: 'NOTE', cell: (event) => eventView(event, BRIEF).note ?? '' },
];

const NO_STORE = 'The analytical store is not running.';
const NO_STORE_REMEDY = 'sundew up starts it where its optional packages are installed; docs/store.md.';

async function answer(
  context: { json: (body: unknown, status: 503) => Response },
  make: () => Promise<Response>,
): Promise<Response> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return context.json({ error: printableText(error.message, 600), remedy: error.remedy }, 503);
  }
}
