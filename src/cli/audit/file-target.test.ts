import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isFileTarget, splitTargets } from './file-target.ts';

const folder = mkdtempSync(join(tmpdir(), 'sundew-target-'));
const file = join(folder, 'backup');
writeFileSync(file, 'x');
afterAll(() => rmSync(folder, { recursive: true }));

describe('a word of the command line', () => {
  test.for([
    '-',
    file,
    folder,
    './dump.rdb',
    '/nowhere/at/all',
    'dump.rdb',
    'appendonly.AOF',
    'redis.conf',
    'src',
  ])('is a file: %s', (word) => {
    expect(isFileTarget(word)).toBe(true);
  });

  test.for([
    'redis://192.0.2.1',
    'rediss://example.invalid:6380/0',
    '192.0.2.1',
    '192.0.2.1:6379',
    'db.example.invalid',
    'localhost:6379',
    '[::1]:6379',
    '',
  ])('is a server: %s', (word) => {
    expect(isFileTarget(word)).toBe(false);
  });

  test('goes to its list once, in the order of the line', () => {
    expect(splitTargets(['192.0.2.1', file, 'redis://192.0.2.2', '-', file])).toEqual({
      files: [file, '-'],
      servers: ['192.0.2.1', 'redis://192.0.2.2'],
    });
  });
});
