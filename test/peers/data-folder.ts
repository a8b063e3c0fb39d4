import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A data folder of the test's own, removed when the test is over. */
export function temporaryData(): { SUNDEW_DATA: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { SUNDEW_DATA: folder };
}
