import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLedger } from '../src/analysis/ledger.ts';
import type { PeriodReport } from '../src/analysis/period-report.ts';
import { periodReport } from '../src/analysis/period-report.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createDetector } from '../src/detect/detector.ts';
import type { Indicator } from '../src/model/indicator.ts';
import type { Place } from '../src/model/place.ts';
import { periodHtml } from '../src/outputs/period/html.ts';
import { periodMarkdown } from '../src/outputs/period/markdown.ts';
import { mergeLines } from '../src/outputs/period/merge-lines.ts';
import { WorldShapes } from '../src/outputs/world-map.ts';
import { packagedText } from '../src/platform/files.ts';
import { collectTrouble } from './dashboard/page-trouble.ts';
import type { RealBrowser } from './peers/browser.ts';
import { startBrowser } from './peers/browser.ts';
import { generatedDay } from './world/generated-day.ts';
import { botnetOf } from './world/operator.ts';

const NASTY = `<img src=x onerror=alert(1)>|[x](javascript:alert(2))\n# <script>alert(3)</script> http://evil.example/`;
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'sundew-report-'));
const shapes = WorldShapes.parse(JSON.parse(packagedText('data/world-map.json')));
const botnet = botnetOf(610);
let browser: RealBrowser;
let report: PeriodReport;

beforeAll(async () => {
  browser = await startBrowser();
  report = makeReport();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** 86 % of the botnet in one country, as in the study; all others elsewhere. */
function placeOf(address: string): Place {
  const at = botnet.sources.indexOf(address);
  if (at < 0) return { country: ['US', 'NL', 'SG'][address.length % 3] ?? 'US', asn: 64_500, network: NASTY };
  return at % 100 < 86 ? { country: 'CN', asn: 4_134, network: 'Chinanet' } : { country: 'BR', asn: 64_501 };
}

function makeReport(): PeriodReport {
  const knowledge = loadKnowledge();
  const detector = createDetector(knowledge.rules);
  const ledger = createLedger({ campaigns: knowledge.campaigns, placeOf });
  const day = generatedDay({ seed: 110, operators: 12, scanners: 100, more: [botnet] });
  for (const event of day.events) {
    const { findings, held } = detector.observe(event);
    ledger.observe(event, findings, held);
  }
  const since = Math.floor(Math.min(...day.events.map(({ time }) => time)) / DAY) * DAY;
  return periodReport(ledger, { since, until: since + DAY }, [
    { tells: 'country', name: NASTY, date: '2026-01-01', licence: 'none' },
  ]);
}

describe('a report of a day with the botnet of the study', () => {
  test('has it as one campaign, with its size and the share of its country', () => {
    const campaign = report.campaigns.find(({ id }) => id === 'pnscan-backup');

    const inChina = campaign?.countries.find(({ name }) => name === 'CN')?.sources ?? 0;
    expect(
      report.campaigns.filter(({ countries }) => countries.some(({ name }) => name === 'CN')),
    ).toHaveLength(1);
    expect(campaign?.sources).toBeGreaterThan(600);
    expect(campaign?.sources).toBeLessThanOrEqual(610);
    expect((inChina / (campaign?.sources ?? 1)) * 100).toBeGreaterThan(85);
    expect((inChina / (campaign?.sources ?? 1)) * 100).toBeLessThan(87);
  });

  test('adds up: parts of the day, noise and countries are all of the sessions and attackers', () => {
    const { timeline, study, countries, noise } = report;

    expect(timeline.reduce((sum, { sessions }) => sum + sessions, 0)).toBe(study.sessions);
    expect(timeline.reduce((sum, { attacks }) => sum + attacks, 0)).toBe(study.attacks);
    expect(countries.reduce((sum, { sources }) => sum + sources, 0)).toBe(study.attackers);
    expect(noise.reduce((sum, { sessions }) => sum + sessions, 0)).toBeGreaterThan(10);
  });

  test('tells once that sessions went from one campaign to another', () => {
    const [one, two] = report.campaigns;
    if (one === undefined || two === undefined) throw new Error('the day has several campaigns');
    const moved = { time: report.since, sessions: 3 };
    const changed: PeriodReport = {
      ...report,
      campaigns: [
        { ...one, title: 'First', changes: [{ ...moved, what: 'lost sessions to', other: two.id }] },
        { ...two, title: 'Second', changes: [{ ...moved, what: 'came from', other: one.id }] },
        { ...one, id: 'third', title: 'Third', changes: [{ ...moved, what: 'came from', other: 'gone-1' }] },
      ],
    };

    expect(mergeLines(changed)).toEqual([
      `First lost sessions to ${two.id} (3 sessions)`,
      'Third has 3 sessions of gone-1',
    ]);
    expect(periodMarkdown(changed, '1')).toContain('Merges and splits: First lost');
  });

  test('says nothing of the sensors, and of passwords', () => {
    const text = JSON.stringify(report);

    expect(text).not.toContain('192.0.2.1"');
    expect(text).not.toContain('generated');
    expect(report.indicators.filter(({ kind }) => kind === 'password')).toEqual([]);
  });

  test('is a page that loads nothing, runs nothing and shows hostile names as text', async () => {
    const path = join(folder, 'report.html');
    writeFileSync(path, periodHtml(hostile(report), NASTY, shapes));
    for (const options of [
      { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const },
      { viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
    ]) {
      const context = await browser.context(options);
      const page = await context.newPage();
      const trouble = await collectTrouble(page);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${path}`);

      expect(await page.locator('script, img, iframe').count()).toBe(0);
      expect(await page.locator('main').innerText()).toContain('<img src=x onerror=alert(1)>');
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      expect(asked).toEqual([`file://${path}`]);
      expect(trouble).toEqual([]);
      await context.close();
    }
  });

  test('is Markdown in which hostile names are no markup', () => {
    const text = periodMarkdown(hostile(report), '1');

    const rows = text.split('\n').filter((line) => line.includes('onerror'));
    expect(rows.length).toBeGreaterThan(1);
    expect(text).not.toMatch(/<img|<script|\]\(javascript|http:\/\//);
    for (const row of rows.filter((line) => line.startsWith('| '))) expect(row).toMatch(/^\|.*\|$/);
    expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  });
});

function hostile(made: PeriodReport): PeriodReport {
  const indicator: Indicator = {
    kind: 'key',
    value: NASTY,
    sample: NASTY,
    firstSeen: made.since,
    lastSeen: made.since,
    sightings: 1,
    sessions: [],
    sources: [],
    rules: [],
    confidence: 1,
  };
  return {
    ...made,
    indicators: [indicator, ...made.indicators],
    gone: [{ id: NASTY, title: NASTY }],
    campaigns: made.campaigns.map((one) => ({
      ...one,
      title: NASTY,
      reasons: [NASTY],
      changes: [{ time: made.since, what: 'took in', other: NASTY, sessions: 2 }],
    })),
  };
}
