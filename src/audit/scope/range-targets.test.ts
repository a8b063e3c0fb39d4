import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rangeTargets } from './range-targets.ts';
import { spread } from './spread.ts';
import type { TargetRange } from './target-range.ts';
import { parseRange, rangeSize } from './target-range.ts';

function ranges(...words: readonly string[]): TargetRange[] {
  return words.map((word) => {
    const range = parseRange(word);
    if (range === undefined || 'fault' in range) throw new Error(`${word} is no range`);
    return range;
  });
}
function texts(words: readonly string[], named: readonly string[] = [], seed?: number): string[] {
  return [...rangeTargets(ranges(...words), new Set(named), { seed })].map(({ text }) => text);
}

describe('a range', () => {
  test('is every address of the block on every port', () => {
    expect(texts(['192.0.2.252/30:6379,6380/tls'])).toEqual([
      'redis://192.0.2.252:6379',
      'redis://192.0.2.253:6379',
      'redis://192.0.2.254:6379',
      'redis://192.0.2.255:6379',
      'rediss://192.0.2.252:6380',
      'rediss://192.0.2.253:6380',
      'rediss://192.0.2.254:6380',
      'rediss://192.0.2.255:6380',
    ]);
    expect(texts(['[2001:db8::]/127:7000-7001'])).toEqual([
      'redis://[2001:db8::]:7000',
      'redis://[2001:db8::1]:7000',
      'redis://[2001:db8::]:7001',
      'redis://[2001:db8::1]:7001',
    ]);
  });

  test.for([
    'redis://192.0.2.7/3',
    '192.0.2.7:6379/3',
    'host/3',
    'cafe/3',
    '192.0.2.7',
    '/run/redis.sock',
    '',
    '['.repeat(600),
  ])('%j is none: a target, or nothing', (word) => {
    expect(parseRange(word)).toBeUndefined();
  });

  test.for([
    ['192.0.2.7/3', 'redis://192.0.2.7/3'],
    ['192.0.2.0/24:0', 'ports'],
    ['192.0.2.0/24:1-65535', 'ports'],
    ['192.0.2.0/24:70000', 'ports'],
    ['192.0.2.0/24:6379,', 'ports'],
  ] as const)('%s is refused, and the fault says %s', ([word, why]) => {
    expect(parseRange(word)).toMatchObject({ fault: expect.stringContaining(why) as unknown });
  });

  test('passes over what another range or a name holds', () => {
    const found = texts(
      ['192.0.2.0/30', '192.0.2.0/29', '192.0.2.4/31:6379,6380'],
      ['192.0.2.1:6379', '192.0.2.6:6380'],
    );

    expect(found).toHaveLength(new Set(found).size);
    expect(found.toSorted()).toEqual(
      [0, 2, 3, 4, 5, 6, 7]
        .map((last) => `redis://192.0.2.${last}:6379`)
        .concat('redis://192.0.2.4:6380', 'redis://192.0.2.5:6380')
        .toSorted(),
    );
  });

  test('of sixteen million servers is not held in memory: the first come at once', () => {
    const all = rangeTargets(ranges('10.0.0.0/8'), new Set(), { seed: 1 });

    const first = Array.from({ length: 1_000 }, () => all.next().value?.host ?? '');

    expect(rangeSize(ranges('10.0.0.0/8')[0] ?? ranges('10.0.0.0/8:1')[0]!)).toBe(16_777_216);
    const networks = new Set(first.map((host) => host.split('.').slice(0, 3).join('.')));
    expect(networks.size).toBeGreaterThan(950);
  });
});

describe('spread', () => {
  test('is every number once, in an order that the seed decides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.nat(), (count, seed) => {
        const order = [...spread(count, seed)];

        expect(order.toSorted((one, other) => one - other)).toEqual(
          Array.from({ length: count }, (_, at) => at),
        );
        expect([...spread(count, seed)]).toEqual(order);
      }),
      { numRuns: 60 },
    );
    expect([...spread(100, 1)]).not.toEqual([...spread(100, 2)]);
  });
});
