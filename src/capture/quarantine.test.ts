import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sighting } from '../model/capture.ts';
import { seededRandom } from '../platform/random.ts';
import { openQuarantine, recordsIn } from './quarantine.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sundew-captures-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return join(made, 'captures');
}
const seen = (time: number): Sighting => ({
  time,
  session: 's1',
  host: 'master.example.invalid',
  address: '198.51.100.9',
  port: 6379,
  path: '/tmp/exp.so',
});
const CONTENT = Buffer.from('inert');
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

describe('the quarantine', () => {
  test('keeps a file under its hash, read-only, with what is known of it', () => {
    const place = folder();
    const spool = openQuarantine(place, 1_000, seededRandom(1)).begin();

    spool.write(CONTENT.subarray(0, 2));
    spool.write(CONTENT.subarray(2));
    const { record, fresh } = spool.finish(seen(5));

    expect(fresh).toBe(true);
    expect(record).toMatchObject({
      sha256: SHA256,
      size: 5,
      kind: 'unknown',
      firstSeen: 5,
      lastSeen: 5,
      count: 1,
    });
    expect(readFileSync(join(place, SHA256))).toEqual(CONTENT);
    expect(statSync(join(place, SHA256)).mode & 0o777).toBe(0o400);
    expect(readdirSync(place).toSorted()).toEqual([SHA256, `${SHA256}.json`]);
  });

  test('keeps the same content once, and counts it', () => {
    const place = folder();
    for (const time of [5, 9]) {
      const spool = openQuarantine(place, 1_000, seededRandom(time)).begin();
      spool.write(CONTENT);
      spool.finish(seen(time));
    }

    expect(recordsIn(place)).toMatchObject([{ sha256: SHA256, firstSeen: 5, lastSeen: 9, count: 2 }]);
  });

  test('has only so much room, also after a restart', () => {
    const place = folder();
    const spool = openQuarantine(place, 8, seededRandom(1)).begin();
    spool.write(CONTENT);
    spool.finish(seen(1));

    expect(openQuarantine(place, 8, seededRandom(2)).room()).toBe(3);
    expect(openQuarantine(place, 2, seededRandom(2)).room()).toBe(0);
  });

  test('has room again once files were removed', () => {
    const place = folder();
    const quarantine = openQuarantine(place, 5, seededRandom(1));
    const spool = quarantine.begin();
    spool.write(CONTENT);
    spool.finish(seen(1));
    const before = quarantine.room();

    rmSync(join(place, SHA256));

    expect([before, quarantine.room()]).toEqual([0, 5]);
  });

  test('lets files that come at the same time not exceed the quota together', () => {
    const quarantine = openQuarantine(folder(), 8, seededRandom(1));
    const [one, other] = [quarantine.begin(), quarantine.begin()];
    one.write(CONTENT);

    expect(quarantine.room()).toBe(3);
    expect(() => other.write(CONTENT)).toThrow('full');
    one.abort();
    expect(quarantine.room()).toBe(8);
    other.abort();
  });

  test('leaves nothing half-written when a file cannot be finished', () => {
    const place = folder();
    const spool = openQuarantine(place, 1_000, seededRandom(1)).begin();
    spool.write(CONTENT);
    mkdirSync(join(place, `${SHA256}.json`, 'in the way'), { recursive: true });

    expect(() => spool.finish(seen(1))).toThrow(`${SHA256}.json`);
    spool.abort();

    expect(readdirSync(place).toSorted()).toEqual([SHA256, `${SHA256}.json`]);
  });

  test('removes what was given up, and what a crash left', () => {
    const place = folder();
    const quarantine = openQuarantine(place, 1_000, seededRandom(1));
    const spool = quarantine.begin();
    spool.write(CONTENT);
    spool.abort();
    quarantine.begin().write(CONTENT);

    openQuarantine(place, 1_000, seededRandom(2));

    expect(readdirSync(place)).toEqual([]);
  });

  test('makes a damaged record again from the file', () => {
    const place = folder();
    const quarantine = openQuarantine(place, 1_000, seededRandom(1));
    const spool = quarantine.begin();
    spool.write(CONTENT);
    spool.finish(seen(5));
    writeFileSync(join(place, `${SHA256}.json`), '{"half":');

    expect(quarantine.records()).toMatchObject([{ sha256: SHA256, size: 5, count: 1, sightings: [] }]);
  });

  test('opens no path but those of its files', () => {
    const place = folder();
    const quarantine = openQuarantine(place, 1_000, seededRandom(1));

    expect(quarantine.content('../../../etc/passwd', 100)).toBeUndefined();
    expect(recordsIn(join(place, 'missing'))).toEqual([]);
  });
});
