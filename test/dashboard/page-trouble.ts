import type { Page } from 'playwright-core';
import { TELL_VIOLATIONS } from './in-page.ts';

/** Collects what no page may have: dialogs, errors, warnings, and what its content security policy refuses. */
export async function collectTrouble(page: Page): Promise<string[]> {
  const trouble: string[] = [];
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'log') trouble.push(`console: ${message.text()}`);
  });
  await page.addInitScript(TELL_VIOLATIONS);
  return trouble;
}
