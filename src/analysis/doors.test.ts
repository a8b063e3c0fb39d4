import { describe, expect, test } from 'vitest';
import type { DoorVisits } from '../model/door-visits.ts';
import { seenOnAll, worksLikeRedisWannaMine } from './doors.ts';

const HOUR = 3_600_000;
type Protocol = DoorVisits['doors'][number]['protocol'];

const door = (protocol: Protocol, hours: readonly number[], rules: readonly string[] = []) => ({
  protocol,
  visits: hours.map((hour) => ({ from: hour * HOUR, to: hour * HOUR + 60_000 })),
  commands: 1,
  attacks: 1,
  rules: [...rules],
});
const source = (address: string, ...doors: DoorVisits['doors']): DoorVisits => ({ address, doors });
const addresses = (visits: readonly DoorVisits[]): string[] => visits.map(({ address }) => address);

describe('addresses at several doors', () => {
  const all = [
    source('198.51.100.1', door('redis', [0]), door('http', [23])),
    source('198.51.100.2', door('redis', [0]), door('http', [48])),
    source('198.51.100.3', door('redis', [0, 47]), door('http', [48])),
    source('198.51.100.4', door('http', [1])),
    source('198.51.100.5', door('redis', [10]), door('http', [1]), door('smb', [2])),
  ];

  test('are those with visits within the window, the latest first', () => {
    expect(addresses(seenOnAll(all, ['redis', 'http'], 24 * HOUR))).toEqual([
      '198.51.100.3',
      '198.51.100.1',
      '198.51.100.5',
    ]);
  });

  test('are fewer where more doors are asked for', () => {
    expect(addresses(seenOnAll(all, ['redis', 'http', 'smb'], 24 * HOUR))).toEqual(['198.51.100.5']);
  });

  test('are looked for where one came tens of thousands of times', () => {
    const often = Array.from({ length: 50_000 }, (_, at) => at / 3_600);

    expect(
      seenOnAll([source('x', door('redis', often), door('http', [72]))], ['redis', 'http'], HOUR),
    ).toEqual([]);
  });

  test('may have a visit that lasts longer than the window', () => {
    const long = {
      ...door('redis', [0]),
      visits: [
        { from: 0, to: 30 * HOUR },
        { from: HOUR, to: HOUR },
      ],
    };

    expect(seenOnAll([source('x', long, door('http', [29]))], ['redis', 'http'], HOUR)).toHaveLength(1);
  });

  test('work like RedisWannaMine where a rule found it at one of the doors', () => {
    const worm = source('x', door('redis', [0]), door('smb', [1], ['worm.redis-then-smb']));

    expect(worksLikeRedisWannaMine(worm)).toBe(true);
    expect(worksLikeRedisWannaMine(source('x', door('redis', [0]), door('smb', [1])))).toBe(false);
  });
});
