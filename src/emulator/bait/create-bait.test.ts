import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../platform/random.ts';
import { createBait } from './create-bait.ts';

const NOW = 1_760_000_000_000;
/** What a detector would search for. */
const TELLING = /honey|bait|decoy|canary|trap|fake|dummy|lorem|sundew|sensor|test|example|foo\b|bar\b/i;

describe('the bait of a sensor', () => {
  test('is some hundred keys of several types, some of which pass', () => {
    const { keys } = createBait(seededRandom(1), NOW);

    expect(keys.length).toBeGreaterThan(200);
    expect(new Set(keys.map(({ value }) => value.type)).size).toBeGreaterThanOrEqual(3);
    expect(keys.some(({ ttl }) => ttl !== undefined)).toBe(true);
    expect(keys.some(({ ttl }) => ttl === undefined)).toBe(true);
  });

  test('says nowhere what it is', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { keys } = createBait(seededRandom(seed), NOW);
      const words = keys.map(({ key, value }) => `${key} ${JSON.stringify(value, inside)}`).join('\n');

      // Random letters spell a short word now and then; a detector that searches for it finds real servers too.
      expect(words.replace(/[A-Za-z0-9_-]{16,}/g, '')).not.toMatch(TELLING);
    }
  });

  test('shares no name, value or secret with that of another sensor but the plainest', () => {
    const sensors = [1, 2, 3].map((seed) => createBait(seededRandom(seed), NOW));
    const tokens = sensors.flatMap((bait) => bait.tokens.map(({ token }) => token));
    const names = sensors.flatMap(({ keys }) => [...new Set(keys.map(({ key }) => key))]);

    expect(new Set(tokens).size).toBe(tokens.length);
    expect(names.length - new Set(names).size).toBeLessThan(names.length / 20);
  });

  test('keeps each secret where its token says', () => {
    const { keys, tokens } = createBait(seededRandom(5), NOW);

    expect(tokens.length).toBeGreaterThan(5);
    for (const { token, db, key } of tokens) {
      const there = keys.filter((one) => one.db === db && one.key === key);
      expect(
        there.map(({ key: name, value }) => `${name} ${JSON.stringify(value, inside)}`).join(),
      ).toContain(token);
    }
  });
});

function inside(_: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value instanceof Set ? [...value] : value;
}
