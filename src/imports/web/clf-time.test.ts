import { describe, expect, test } from 'vitest';
import { clfTime, createClfTime } from './clf-time.ts';

describe('the time of a log line', () => {
  test.for([
    ['10/Oct/2000:13:55:36 -0700', Date.UTC(2000, 9, 10, 20, 55, 36)],
    ['01/Jan/2024:00:00:00 +0530', Date.UTC(2023, 11, 31, 18, 30)],
    ['29/feb/2024:23:59:60 +0000', Date.UTC(2024, 2, 1)],
    ['06/Feb/2009:12:14:14.655', Date.UTC(2009, 1, 6, 12, 14, 14, 655)],
    ['06/Feb/2009:12:14:14', Date.UTC(2009, 1, 6, 12, 14, 14)],
    ['06/Feb/2009:12:14:14.123456 +0100', Date.UTC(2009, 1, 6, 11, 14, 14, 123)],
  ] as const)('%s', ([text, time]) => {
    expect(clfTime(text)).toBe(time);
  });

  test.for([
    '',
    '-',
    '32/Oct/2000:13:55:36 -0700',
    '10/Okt/2000:13:55:36 -0700',
    '10/Oct/2000:24:55:36 -0700',
    '10/Oct/2000:13:55:36 0700',
    '10/Oct/2000:13:55:36 -07:00',
    '10/Oct/2000:13:55:3x -0700',
    '10-Oct-2000 13:55:36 -0700',
    '10/Oct/2000:13:55:36 -0700 and more',
  ])('is none in %j', (text) => {
    expect(clfTime(text)).toBeNaN();
  });

  test('is read anew where it changes', () => {
    const read = createClfTime();

    const times = [
      '10/Oct/2000:13:55:36 +0000',
      '10/Oct/2000:13:55:36 +0000',
      '10/Oct/2000:13:55:37 +0000',
    ].map(read);

    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 0, 1_000]);
  });
});
