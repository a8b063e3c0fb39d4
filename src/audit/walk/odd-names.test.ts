import { describe, expect, test } from 'vitest';
import { collectOddNames, shapeOf } from './odd-names.ts';

describe('the shape of a name', () => {
  test.for([
    ['session:17:cart', 'session:0:a'],
    ['session:4:items', 'session:0:a'],
    ['user:9f86d081884c', 'user:#'],
    ['backup1', '#'],
    ['crackit', 'a'],
    ['42', '0'],
    ['', ''],
    [':', ':'],
    ['cache:page:/shop/item', 'cache:a:/a/a'],
    ['\xc3\xa9t\xc3\xa9:1', '\xc3\xa9t\xc3\xa9:0'],
  ] as const)('of %j is %j', ([name, shape]) => {
    expect(shapeOf(name)).toBe(shape);
  });
});

describe('odd names', () => {
  test('are the few among a hundred thousand that follow no scheme', () => {
    const names = collectOddNames(100);

    for (let at = 0; at < 100_000; at++) {
      names.add(`session:${at}`);
      if (at === 70_000) for (const bad of ['zq7w', 'update_conf', 'x', 'kworker']) names.add(bad);
    }

    expect(names.odd().toSorted()).toEqual(['kworker', 'update_conf', 'x', 'zq7w']);
    expect(names.count).toBe(100_004);
  });

  test('are none where every name has the same shape', () => {
    const names = collectOddNames(100);

    for (let at = 0; at < 100; at++) names.add(`word${at}`);

    expect(names.odd()).toEqual([]);
  });

  test('are counted once however often they come', () => {
    const names = collectOddNames(100);

    for (let at = 0; at < 5; at++) names.add('crackit');

    expect(names.odd()).toEqual(['crackit']);
  });

  test('are sampled at even distances, from the first to the last', () => {
    const names = collectOddNames(10);
    for (let at = 0; at < 1_000; at++) names.add(`key:${at}`);

    const places = names.sample(10).map((name) => Number(name.slice(4)));

    expect(places.length).toBe(10);
    expect(places.toSorted((one, other) => one - other)).toEqual(places);
    expect(places.at(-1)).toBeGreaterThan(800);
  });

  test('keep a bounded number of names of a server that makes up a new shape each time', () => {
    const names = collectOddNames(10);

    for (let at = 0; at < 20_000; at++)
      names.add('-'.repeat(at % 60) + String.fromCharCode(33 + (at % 14)).repeat(at % 61));

    expect(names.odd().length).toBeLessThanOrEqual(4_096 * 8);
    expect(names.sample(1_000).length).toBeLessThanOrEqual(20);
  });
});
