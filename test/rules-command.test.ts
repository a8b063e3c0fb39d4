import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../src/platform/files.ts';
import { sundew } from './peers/sundew.ts';

function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'sundew-rules-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}
const run = (...words: string[]): ReturnType<typeof sundew> => sundew(words, { SUNDEW_DATA: folder({}) });

const CAMPAIGN = `id: acme-wave
title: The wave against plugins
years: [2024, 2026]
about: Writes a plugin into the folder of the application.
signs:
  - sign: a plugin under its name
    strength: strong
    any:
      - act: redis.setting
        where: { name: dbfilename, value: acme-wave.so }
examples:
  match: [{ shows: the file, acts: [{ redis.setting: { name: dbfilename, value: acme-wave.so } }] }]
  miss: [{ shows: another file, acts: [{ redis.setting: { name: dbfilename, value: dump.rdb } }] }]
`;

describe('sundew rules check', () => {
  test('without a path checks the shipped rules and campaigns', async () => {
    const { code, out } = await run('rules', 'check');

    expect(code).toBe(0);
    expect(out).toMatch(/^\d{2,} rules and \d{2,} campaigns hold, 0 faults, \d{2,} files\n$/);
  });

  test('loads a campaign of one’s own beside the shipped patterns', async () => {
    const { code, out } = await run('rules', 'check', folder({ 'wave.yaml': CAMPAIGN }));

    expect(code).toBe(0);
    expect(out).toBe('0 rules and 1 campaign hold, 0 faults, 1 file\n');
  });

  test('says where a campaign fails its example', async () => {
    const path = folder({ 'wave.yaml': CAMPAIGN.replaceAll('value: dump.rdb', 'value: acme-wave.so') });

    const { code, out, err } = await run('rules', 'check', path);

    expect(code).toBe(1);
    expect(err).toMatch(/wave\.yaml: line \d+ .*should not name the campaign, but does/);
    expect(out).toBe('0 rules and 0 campaigns hold, 1 fault, 1 file\n');
  });

  test('checks a shipped file once, not against itself', async () => {
    const { code, out } = await run('rules', 'check', join(packageRoot, 'rules', 'redis', 'wipe.yaml'));

    expect(code).toBe(0);
    expect(out).toBe('1 rule and 0 campaigns hold, 0 faults, 1 file\n');
  });
});
