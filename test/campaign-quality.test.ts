import { describe, expect, test } from 'vitest';
import type { Ledger } from '../src/analysis/ledger.ts';
import { createLedger } from '../src/analysis/ledger.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createDetector } from '../src/detect/detector.ts';
import { clusterQuality } from './world/cluster-quality.ts';
import type { GeneratedDay } from './world/generated-day.ts';
import { generatedDay } from './world/generated-day.ts';
import { botnetOf } from './world/operator.ts';

const knowledge = loadKnowledge();

function ledgerOf({ events }: GeneratedDay): Ledger {
  const detector = createDetector(knowledge.rules);
  const ledger = createLedger({ campaigns: knowledge.campaigns });
  for (const event of events) {
    const { findings, held } = detector.observe(event);
    ledger.observe(event, findings, held);
  }
  return ledger;
}

function campaignsBySession(ledger: Ledger): Map<string, string> {
  return new Map(
    ledger
      .sessions()
      .flatMap(({ id, campaign }) => (campaign === undefined ? [] : [[id, campaign] as const])),
  );
}

describe('a generated day of 40 operators with shared tools, shared addresses and noise', () => {
  test.for([101, 102, 103, 104, 105])('comes apart into its operators, seed %i', (seed) => {
    const day = generatedDay({ seed });

    const found = campaignsBySession(ledgerOf(day));
    const quality = clusterQuality(day.truth, found);

    expect(quality.precision).toBeGreaterThanOrEqual(0.98);
    expect(quality.recall).toBeGreaterThanOrEqual(0.95);
    expect(quality.vMeasure).toBeGreaterThanOrEqual(0.95);
    // Who only looks belongs to nobody.
    expect([...found.keys()].filter((session) => !day.truth.has(session))).toEqual([]);
  });

  test('holds the botnet of the backup keys as one campaign with its name: all sources that told anything', () => {
    const day = generatedDay({ seed: 110, more: [botnetOf(610)] });

    const campaign = ledgerOf(day)
      .campaigns()
      .find(({ id }) => id === 'pnscan-backup');

    const ofOthers = campaign?.sessions.filter((session) => day.truth.get(session) !== 'backup') ?? [];
    const told = new Set(
      day.events.flatMap(({ act, session, peer }) =>
        act.type === 'redis.value' && day.truth.get(session) === 'backup' ? [peer.address] : [],
      ),
    );
    expect(told.size).toBeGreaterThan(600);
    expect(campaign?.sources.toSorted()).toEqual([...told].toSorted());
    expect(ofOthers).toEqual([]);
  });

  test('gives the same campaigns the same ids on the next day', () => {
    const day = generatedDay({ seed: 120, operators: 12 });
    const later = generatedDay({ seed: 120, operators: 12 });
    const next = later.events.map((event) => ({
      ...event,
      id: `next-${event.id}`,
      session: `next-${event.session}`,
      time: event.time + 86_400_000,
    }));

    const before = ledgerOf(day).campaigns();
    const after = ledgerOf({ ...day, events: [...day.events, ...next] }).campaigns();

    expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
  });
});

describe('the measure', () => {
  const truth = new Map([
    ['a', '1'],
    ['b', '1'],
    ['c', '2'],
    ['d', '2'],
  ]);

  test('is one where all is right', () => {
    expect(clusterQuality(truth, truth)).toEqual({ precision: 1, recall: 1, vMeasure: 1 });
  });

  test('tells what is together wrongly from what is apart wrongly', () => {
    const one = new Map([...truth.keys()].map((session) => [session, 'x']));

    expect(clusterQuality(truth, one).precision).toBeCloseTo(2 / 6);
    expect(clusterQuality(truth, one).recall).toBe(1);
    expect(clusterQuality(truth, new Map()).recall).toBe(0);
  });
});
