// Takes docs/dashboard.png anew, with made-up visits: node test/dashboard/take-picture.ts [FOLDER for all views]

import { join } from 'node:path';
import { loadKnowledge } from '../../src/cli/knowledge.ts';
import { createDetector } from '../../src/detect/detector.ts';
import { startBrowser } from '../peers/browser.ts';
import { sampleAudits, sampleCaptures } from './sample-insight.ts';
import { playVisits } from './sample-visits.ts';
import { openStage } from './stage.ts';

const HOUR = 3_600_000;
const folder = process.argv[2];
const now = Date.now();
const { rules, campaigns } = loadKnowledge();
const stage = await openStage(now - 40 * HOUR, { detector: createDetector(rules), campaigns }, 0, {
  captures: sampleCaptures,
  audits: sampleAudits(),
});
await playVisits(stage, now - 12 * 60_000, 10 * 60_000);
await playVisits(stage, now - 4_000, 45_000);
const browser = await startBrowser();
try {
  if (folder === undefined) {
    await take(join(import.meta.dirname, '..', '..', 'docs', 'dashboard.png'), 'now', 1280, 'dark');
  } else {
    const session = stage.ledger.sessions().findLast(({ severity }) => severity === 'critical')?.id ?? '';
    const views = [
      'now',
      'findings',
      'sessions',
      `sessions/${session}`,
      'sources',
      'indicators',
      'campaigns',
      'events',
      `campaigns/${stage.ledger.campaigns().toSorted((a, b) => b.sources.length - a.sources.length)[0]?.id ?? ''}`,
      'captures',
      'doors',
      'servers',
      `servers/${encodeURIComponent('redis://192.0.2.10:6379')}`,
      'study',
    ];
    for (const view of views) {
      const [list = '', one] = view.split('/');
      const name = one === undefined ? list : `one-${list}`;
      await take(join(folder, `${name}-dark.png`), view, 1280, 'dark');
      await take(join(folder, `${name}-light.png`), view, 1280, 'light');
      await take(join(folder, `${name}-narrow.png`), view, 390, 'dark');
    }
  }
} finally {
  await browser.close();
  await stage.close();
}

async function take(path: string, view: string, width: number, colorScheme: 'dark' | 'light'): Promise<void> {
  const context = await browser.context({
    viewport: { width, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${stage.url}#/${view}`);
  await page.locator('main h1').waitFor();
  await page.waitForTimeout(700);
  await page.getByText('live', { exact: true }).waitFor();
  await page.screenshot({ path, fullPage: path.includes('one-') });
  await context.close();
}
