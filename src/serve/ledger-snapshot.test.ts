import { describe, expect, test } from 'vitest';
import type { Ledger } from '../analysis/ledger.ts';
import { createLedgerSnapshots } from './ledger-snapshot.ts';

/** A ledger whose lists take time to compute. */
function slowLedger(costMs: number) {
  const clock = { now: () => 0, time: 0, monotonic: () => clock.time };
  let asked = 0;
  const ledger: Ledger = {
    observe: () => undefined,
    sources: () => [],
    sessions: () => {
      asked += 1;
      clock.time += costMs;
      return [];
    },
    session: () => undefined,
    findings: () => [],
    indicators: () => [],
    campaigns: () => [],
    doors: () => [],
    study: () => {
      throw new Error('not asked');
    },
    placeOf: () => undefined,
    recent: () => [],
    totals: { events: 0, sessions: 0, sources: 0, findings: 0, indicators: 0 },
  };
  return { clock, ledger, asked: () => asked };
}

describe('ledger snapshots', () => {
  test('ask the ledger once for as long as nothing happened', () => {
    const { clock, ledger, asked } = slowLedger(1);
    const snapshot = createLedgerSnapshots(ledger, clock);

    snapshot().sessions();
    clock.time += 1_000_000;
    snapshot().sessions();

    expect(asked()).toBe(1);
  });

  test('see new events at once when looking is cheap', () => {
    const { clock, ledger, asked } = slowLedger(0);
    const snapshot = createLedgerSnapshots(ledger, clock);
    snapshot().sessions();

    ledger.totals.events += 1;
    snapshot().sessions();

    expect(asked()).toBe(2);
  });

  test('make a dear look last ten times as long as it took', () => {
    const { clock, ledger, asked } = slowLedger(100);
    const snapshot = createLedgerSnapshots(ledger, clock);
    snapshot().sessions();

    ledger.totals.events += 1;
    clock.time += 500;
    snapshot().sessions();
    const early = asked();
    clock.time += 500;
    snapshot().sessions();

    expect(early).toBe(1);
    expect(asked()).toBe(2);
  });
});
