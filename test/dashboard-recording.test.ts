import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bytesFromText } from '../src/model/bytes.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';
import { openRecordings } from '../src/recordings/recordings.ts';
import type { RecordingAnswer } from '../src/serve/answers.ts';
import { bulks } from '../src/wire/resp-reply.ts';
import { EXCESS } from './dashboard/in-page.ts';
import { collectTrouble } from './dashboard/page-trouble.ts';
import type { Stage } from './dashboard/stage.ts';
import { openStage, PAGE_FOLDER } from './dashboard/stage.ts';
import type { RealBrowser } from './peers/browser.ts';
import { startBrowser } from './peers/browser.ts';

const HOSTILE = `<img src=x onerror=alert(1)>\u001b[2J${bytesFromText('\u202etxt.exe')}`;

let browser: RealBrowser;

beforeAll(async () => {
  if (!existsSync(`${PAGE_FOLDER}/index.html`)) throw new Error('Build the page first: npm run build:ui');
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** A stage with one visit; `pairs` are requests with their replies, each with its time. */
async function recordedVisit(
  pairs: readonly (readonly [ms: number, request: readonly string[], reply: string])[],
): Promise<{ stage: Stage; session: string }> {
  const stage = await openStage(Date.now() - 60_000);
  onTestFinished(() => stage.close());
  const visitor = stage.visit('203.0.113.5');
  visitor.does(['INFO']);
  visitor.leaves();
  await stage.journal.flush();
  const recordings = await openRecordings({
    folder: stage.recordings,
    clock: systemClock,
    random: systemRandom,
    mostBytes: 2 ** 30,
    onTrouble: (_, error) => {
      throw error;
    },
  });
  const tape = recordings.open({
    session: visitor.session,
    sensor: 'redis-1',
    peer: { address: '203.0.113.5', port: 40_000 },
    local: { address: '127.0.0.1', port: 6379 },
    opened: stage.clock.now(),
  });
  for (const [ms, request, reply] of pairs) {
    tape.add('visitor', bulks(request), ms);
    tape.add('sensor', reply, ms + 1);
  }
  tape.end((pairs.at(-1)?.[0] ?? 0) + 100);
  await recordings.close();
  return { stage, session: visitor.session };
}

async function openSession(
  { stage, session }: { stage: Stage; session: string },
  width = 1280,
): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.context({ viewport: { width, height: 800 }, colorScheme: 'dark' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const trouble = await collectTrouble(page);
  await page.goto(`${stage.url}#/sessions/${session}`);
  await page.getByRole('button', { name: 'Open the player' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  return { page, trouble };
}

const visit = [
  [10, ['SET', 'first', 'one'], '+OK\r\n'],
  [400, ['GET', 'first'], '$3\r\none\r\n'],
  [60_000, ['SET', HOSTILE, 'x'], '+OK\r\n'],
  [60_500, ['KEYS', '*'], `*1\r\n$${HOSTILE.length}\r\n${HOSTILE}\r\n`],
] as const;

describe('player of the dashboard', () => {
  test('plays both sides in their time, skips the pause, and stops at the end', async () => {
    const { page, trouble } = await openSession(await recordedVisit(visit));
    const tape = page.getByRole('region', { name: 'What both sides sent' });

    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await tape.getByText('SET first one').waitFor();
    const early = await tape.getByText('KEYS').count();
    await tape.getByText('KEYS *').waitFor();
    await tape.getByText('The connection ended.').waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();

    expect(early).toBe(0);
    expect(trouble).toEqual([]);
  });

  test('shows what attackers sent as text', async () => {
    const { page, trouble } = await openSession(await recordedVisit(visit));

    await page.getByRole('button', { name: 'Show all' }).click();
    const tape = page.getByRole('region', { name: 'What both sides sent' });
    await tape.getByText('<img src=x onerror=alert(1)>\\x1b[2J\\u{202e}txt.exe').first().waitFor();

    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  test('can be used with the keyboard alone', async () => {
    const { page, trouble } = await openSession(await recordedVisit(visit));
    const time = page.getByRole('slider', { name: 'Time of the recording' });
    const tape = page.getByRole('region', { name: 'What both sides sent' });

    await time.focus();
    await page.keyboard.press('End');
    await tape.getByText('The connection ended.').waitFor();
    await page.keyboard.press('Home');
    await tape.getByText('Press Play').waitFor();
    await page.getByRole('button', { name: 'Step', exact: true }).focus();
    await page.keyboard.press('Enter');
    await tape.getByText('SET first one').waitFor();
    await page.keyboard.press('Enter');
    await tape.getByText('OK', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Step back' }).focus();
    await page.keyboard.press('Space');

    expect(await tape.getByText('OK', { exact: true }).count()).toBe(0);
    expect(await time.getAttribute('aria-valuetext')).toBe(
      '0.010 s of 60.6 s'.replace('60.6 s', '1 min 1 s'),
    );
    expect(trouble).toEqual([]);
  });

  test('fits a telephone', async () => {
    const { page } = await openSession(await recordedVisit(visit), 390);

    await page.getByRole('button', { name: 'Show all' }).click();

    expect(await page.evaluate(EXCESS)).toBeLessThanOrEqual(0);
  });

  test('says so when nothing was kept', async () => {
    const stage = await openStage(Date.now());
    onTestFinished(() => stage.close());
    const visitor = stage.visit('203.0.113.5');
    visitor.does(['INFO']);
    await stage.journal.flush();
    const context = await browser.context();
    onTestFinished(() => context.close());
    const page = await context.newPage();

    await page.goto(`${stage.url}#/sessions/${visitor.session}`);
    await page.getByRole('button', { name: 'Open the player' }).click();

    await expect.poll(() => page.getByText('were not kept').count()).toBe(1);
  });
});

describe('recordings in the API', () => {
  test('come in pages that together are the whole', async () => {
    const pairs = Array.from({ length: 30 }, (_, at) => [at, ['SET', `k${at}`, 'v'], '+OK\r\n'] as const);
    const { stage, session } = await recordedVisit(pairs);
    const ask = async (offset: number): Promise<RecordingAnswer> => {
      const path = `${stage.url}api/sessions/${session}/recording?limit=20&offset=${offset}`;
      return (await (await fetch(path)).json()) as RecordingAnswer;
    };

    const pages = [await ask(0), await ask(20), await ask(40), await ask(60)];

    expect(pages.map(({ lines, more }) => [lines.length, more])).toEqual([
      [20, true],
      [20, true],
      [20, true],
      [1, false],
    ]);
    const said = pages.flatMap(({ lines }) => lines).filter(({ from }) => from === 'visitor');
    expect(said.map(({ text }) => text[0])).toEqual(pairs.map(([, argv]) => argv.join(' ')));
  });

  test('hold no character that could act, whatever was sent', async () => {
    const { stage, session } = await recordedVisit(visit);

    const answer = await fetch(`${stage.url}api/sessions/${session}/recording`);

    expect(await answer.text()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});
