import { describe, expect, test } from 'vitest';
import { createIndicatorStore } from './indicator-store.ts';

const sighting = (value: string, confidence: number, time = 0) => ({
  candidate: { kind: 'key' as const, value, confidence },
  time,
  session: 's',
  source: '192.0.2.1',
});

describe('indicator store', () => {
  test('forgets the least telling first when it is full', () => {
    const store = createIndicatorStore(20);
    for (let at = 0; at < 10; at++) store.add(sighting(`strong-${at}`, 0.9));

    for (let at = 0; at < 500; at++) store.add(sighting(`noise-${at}`, 0.1, at));

    const values = store.all().map(({ value }) => value);
    expect(store.size).toBeLessThanOrEqual(20);
    expect(values.filter((value) => value.startsWith('strong'))).toHaveLength(10);
  });

  test('keeps the hundred newest sessions of an indicator', () => {
    const store = createIndicatorStore();

    for (let at = 0; at < 150; at++) store.add({ ...sighting('k', 0.5), session: `s${at}` });

    const [found] = store.all();
    expect(found?.sightings).toBe(150);
    expect(found?.sessions).toHaveLength(100);
    expect(found?.sessions.at(-1)).toBe('s149');
  });
});
