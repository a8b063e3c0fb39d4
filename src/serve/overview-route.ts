import type { Hono } from 'hono';
import type { OverviewAnswer } from './answers.ts';
import type { DashboardContext } from './context.ts';
import { overviewAnswer } from './overview.ts';

/** How long one overview serves all pages: it looks at everything the ledger holds. */
const FRESH_MS = 500;

export function addOverviewRoute(app: Hono, context: DashboardContext): void {
  const { ledger, snapshot, journal, sensors, version, clock } = context;
  let made: { readonly at: number; readonly answer: OverviewAnswer } | undefined;

  app.get('/api/overview', ({ json }) => {
    if (made === undefined || clock.monotonic() - made.at >= FRESH_MS) {
      const answer = overviewAnswer({
        ledger,
        snapshot: snapshot(),
        journal,
        sensors,
        version,
        now: clock.now(),
      });
      made = { at: clock.monotonic(), answer };
    }
    return json(made.answer);
  });
}
