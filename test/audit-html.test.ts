import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditHtml } from '../src/outputs/audit-html.ts';
import { exampleReport, hostileReport } from '../src/outputs/example-report.ts';
import type { RealBrowser } from './peers/browser.ts';
import { startBrowser } from './peers/browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'sundew-html-'));
let browser: RealBrowser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page of an audit', () => {
  test('runs nothing that a server said, asks nobody for anything, and can be searched', async () => {
    const format = auditHtml({ version: '1.2.3', started: 0 });
    for (const report of [hostileReport(), exampleReport({ target: 'redis://192.0.2.9:6379' })])
      format.add(report);
    const file = join(folder, 'page.html');
    writeFileSync(file, format.end());
    const page = await (await browser.context({ viewport: { width: 390, height: 800 } })).newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => errors.push(error.message));

    await page.goto(pathToFileURL(file).href);

    expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false);
    expect(requests).toHaveLength(1);
    expect(await page.locator('img, iframe, object').count()).toBe(0);
    expect(await page.locator('#rows tr').count()).toBe(2);
    await page.locator('#find').fill('192.0.2.9');
    expect(await page.locator('#rows tr').count()).toBe(1);
    await page.locator('#rows a').click();
    expect(await page.locator('#server-1 details').getAttribute('open')).not.toBe(null);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(errors).toEqual([]);
  });
});
