import type { Hono } from 'hono';
import { Gauge, Registry } from 'prom-client';
import type { DashboardContext } from './context.ts';

/** `/healthz` for those who restart it, `/metrics` for Prometheus; counts since the journal's beginning. */
export function addMetricsRoutes(app: Hono, context: DashboardContext): void {
  const { ledger, snapshot, journal, store, version, clock } = context;
  const registry = new Registry();
  const gauge = (
    name: string,
    help: string,
    read: () => number | readonly (readonly [string, number])[],
    label?: string,
  ): void => {
    const made: Gauge = new Gauge({
      name: `sundew_${name}`,
      help,
      registers: [registry],
      labelNames: label === undefined ? [] : [label],
      collect: () => {
        const value = read();
        if (typeof value === 'number') return made.set(value);
        made.reset();
        for (const [of, count] of value) made.set({ [label ?? '']: of }, count);
        return undefined;
      },
    });
  };
  gauge('info', 'Version of Sundew.', () => [[version, 1]], 'version');
  gauge('events', 'Events of the journal that were looked at.', () => ledger.totals.events);
  gauge('sessions', 'Visits, with those that are forgotten.', () => ledger.totals.sessions);
  gauge('sources', 'Addresses that came.', () => ledger.totals.sources);
  gauge('findings', 'Findings of rules.', () => ledger.totals.findings);
  gauge('indicators', 'Indicators learnt.', () => ledger.totals.indicators);
  gauge('campaigns', 'Campaigns.', () => snapshot().campaigns().length);
  gauge(
    'findings_by_severity',
    'Findings that are remembered.',
    () =>
      [...Map.groupBy(snapshot().findings(), ({ severity }) => severity)].map(([of, all]) => [
        of,
        all.length,
      ]),
    'severity',
  );
  gauge(
    'noise_sessions',
    'Remembered visits that are noise, by kind.',
    () =>
      [...Map.groupBy(snapshot().sessions(), ({ noise }) => noise ?? 'none')].map(([of, all]) => [
        of,
        all.length,
      ]),
    'kind',
  );
  gauge('journal_bytes', 'Bytes of the journal.', () => journal.status().bytes);
  gauge('journal_waiting', 'Events that wait to be written.', () => journal.status().waiting);
  gauge('journal_trouble', '1 when the journal cannot be written.', () =>
    journal.status().trouble === undefined ? 0 : 1,
  );
  gauge(
    'last_event_time_seconds',
    'Time of the newest event, seconds since 1970 UTC; 0 before the first.',
    () => Math.floor((snapshot().recent().at(-1)?.time ?? 0) / 1_000),
  );
  gauge('store_open', '1 when the analytical store answers.', () => (store?.status().open === true ? 1 : 0));
  gauge('store_events', 'Events in the analytical store.', () => store?.status().events ?? 0);
  gauge('time_seconds', 'The clock here, seconds since 1970 UTC.', () => Math.floor(clock.now() / 1_000));

  app.get('/metrics', async (request) =>
    request.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  );
  app.get('/healthz', (request) => {
    const { trouble } = journal.status();
    return trouble === undefined
      ? request.text('ok\n')
      : request.text('the journal cannot be written\n', 503);
  });
}
