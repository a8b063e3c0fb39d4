import type { Hono } from 'hono';
import type { OverviewAnswer } from './answers.ts';
import type { DashboardContext } from './context.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { overviewAnswer } from './overview.ts';

interface Made {
  readonly answer: OverviewAnswer;
  readonly snapshot: LedgerSnapshot;
  readonly at: number;
  readonly cost: number;
}

/** How long one overview serves while nothing happens; the clock of the day moves on. */
const FRESH_MS = 1_000;
/** As with snapshots: at most about a tenth of the time is spent on it. */
const SHARE = 10;

export function addOverviewRoute(app: Hono, context: DashboardContext): void {
  const { ledger, snapshot, journal, sensors, version, clock, placeSources } = context;
  let made: Made | undefined;

  const make = (all: LedgerSnapshot): Made => {
    const at = clock.monotonic();
    const answer = overviewAnswer({
      ledger,
      snapshot: all,
      journal,
      sensors,
      placeSources,
      store: context.store?.status().open === true,
      version,
      now: clock.now(),
    });
    return { answer, snapshot: all, at, cost: clock.monotonic() - at };
  };
  const isGood = ({ snapshot: before, at, cost }: Made, all: LedgerSnapshot): boolean => {
    const age = clock.monotonic() - at;
    return age < cost * SHARE || (before === all && age < FRESH_MS);
  };

  app.get('/api/overview', ({ json }) => {
    const all = snapshot();
    if (made === undefined || !isGood(made, all)) made = make(all);
    return json(made.answer);
  });
}
