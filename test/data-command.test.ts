import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packagedText } from '../src/platform/files.ts';
import { sundew } from './peers/sundew.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundew-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const data = (words: readonly string[]): ReturnType<typeof sundew> => sundew(words, { SUNDEW_DATA: folder });

/** The shipped file with a change, as an operator may have it. */
function ownFile(name: string, change: Record<string, unknown>): string {
  const path = join(folder, name);
  const file = JSON.parse(packagedText('data/redis-cves.json')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...file, ...change }));
  return path;
}

describe('sundew data', () => {
  test('says how old the data is and how far it reaches', async () => {
    const { out, code } = await data(['data']);

    expect(code).toBe(0);
    expect(out).toMatch(/collected +2026-11-23, \d+ days ago/);
    expect(out).toContain('88 (7 critical');
    expect(out).toContain('CVE-2026-92925');
    expect(out).toMatch(/redis releases +6\.2\.24 7\.2\.16/);
    expect(out).toContain('8.0 (last 8.0.6)');
  });

  test('warns of data that is older than a quarter', async () => {
    const path = ownFile('old.json', { as_of: '2020-01-01' });

    const { err, out } = await data(['data', '--cves', path, '--json']);

    expect(err).toContain('days old');
    expect(JSON.parse(out)).toMatchObject({ asOf: '2020-01-01', stale: true });
  });

  test('takes a newer file, and refuses one of another form with the place of the fault', async () => {
    const newer = ownFile('newer.json', { as_of: '2030-01-01', advisories_without_cve: [] });
    const wrong = ownFile('wrong.json', { cves: [{ id: 'nonsense' }] });

    const [fine, refused, missing] = await Promise.all([
      data(['data', '--cves', newer]),
      data(['data', '--cves', wrong]),
      data(['data', '--cves', join(folder, 'none.json')]),
    ]);

    expect(fine.out).toContain('2030-01-01');
    expect([refused.code, missing.code]).toEqual([2, 2]);
    expect(refused.err).toContain('cves.0.');
    expect(missing.err).toContain('docs/data.md');
  });

  test('shows one flaw with its ranges and sources, or says that it has none', async () => {
    const [shown, none] = await Promise.all([
      data(['data', 'show', 'cve-2025-49844']),
      data(['data', 'show', 'CVE-1999-0001']),
    ]);

    expect(shown.out).toContain('redis 7.0.0 to before 7.2.11');
    expect(shown.out).toContain('https://');
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain('CVE-1999-0001 is not in the data');
  });

  test('lists by release, engine and weight', async () => {
    const [release, valkey, csv, nonsense] = await Promise.all([
      data(['data', 'list', '--affects', '7.4.5', '--json']),
      data(['data', 'list', '--engine', 'valkey', '--severity', 'critical', '--json']),
      data(['data', 'list', '--affects', '8.2.9', '--csv']),
      data(['data', 'list', '--affects', 'nonsense']),
    ]);
    const ids = (out: string): string[] => (JSON.parse(out) as { id: string }[]).map(({ id }) => id);

    expect(ids(release.out)).toContain('CVE-2025-49844');
    expect(ids(release.out)).not.toContain('CVE-2025-32023');
    expect(ids(valkey.out)).toEqual(['CVE-2025-49844']);
    expect(csv.out).not.toContain('CVE-2025-49844');
    expect(csv.out).toContain('CVE-2026-92925');
    expect(nonsense.code).toBe(2);
  });

  test('lets nothing of an own file act on the terminal', async () => {
    const cve = {
      id: 'CVE-2030-0001',
      title: 'red \u001b[31m and \u0007',
      kind: 'server',
      severity: 'low',
      affected: { redis: [{ introduced: '0', fixed: null }] },
      precondition: { auth: 'none', needs: ['\u001b[2J'], how_to_check: null },
      impact: null,
      disputed: false,
      sources: ['\u009b31m'],
      note: null,
    };
    const path = ownFile('hostile.json', { cves: [cve] });

    const [list, show] = await Promise.all([
      data(['data', 'list', '--cves', path]),
      data(['data', 'show', 'CVE-2030-0001', '--cves', path]),
    ]);

    expect(list.out + show.out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });
});
