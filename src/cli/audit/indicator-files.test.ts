import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { indicatorsOf } from './indicator-files.ts';

function file(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-indicators-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'list.csv');
  writeFileSync(path, text);
  return path;
}

describe('files of indicators', () => {
  test('are read together; what cannot be looked for is told', () => {
    const said: string[] = [];
    const paths = [file('type,value\nip,203.0.113.9\nemail,x\n'), file('[{"kind":"key","value":"zzkey"}]')];

    const found = indicatorsOf(paths, 1, { err: (text) => said.push(text) });

    expect(found.map(({ value }) => value)).toEqual(['203.0.113.9', 'zzkey']);
    expect(said.join('')).toMatch(/list\.csv: 1 entries are of kinds that no audit can look for/);
  });

  test('with a fault stop the command, with the line', () => {
    const path = file('type,value\nip\n');

    expect(() => indicatorsOf([path], 1, { err: () => undefined })).toThrow(`${path}: line 2 has no kind`);
    expect(() => indicatorsOf([`${path}.none`], 1, { err: () => undefined })).toThrow(
      /cannot be read \(ENOENT\)/,
    );
  });
});
