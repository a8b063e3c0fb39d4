import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandStatistics, parseCounters, parseInfo } from './info.ts';

describe('INFO text', () => {
  test('is read to its fields in order', () => {
    const text =
      '# Server\r\nredis_version:7.0.15\r\nos:Linux 6.1 x86_64\r\n\r\n# Keyspace\r\ndb0:keys=1,expires=0\r\n';

    expect([...parseInfo(text)]).toEqual([
      ['redis_version', '7.0.15'],
      ['os', 'Linux 6.1 x86_64'],
      ['db0', 'keys=1,expires=0'],
    ]);
  });

  test('is read without line ends, with LF only, and with colons in values', () => {
    expect([...parseInfo('a:1\nb:x:y\nc:')]).toEqual([
      ['a', '1'],
      ['b', 'x:y'],
      ['c', ''],
    ]);
  });

  const anyLines = fc.array(
    fc.constantFrom('a', 'b', ':', '#', '\r', '\n', '\r\n', 'db0', 'a:1\r\n', 'b:2\r\n', 'c:\r\n'),
    { maxLength: 60 },
  );
  const lineByLine = (text: string): Map<string, string> => {
    const expected = new Map<string, string>();
    for (const line of text.split('\n').map((one) => (one.endsWith('\r') ? one.slice(0, -1) : one))) {
      const colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith('#')) expected.set(line.slice(0, colon), line.slice(colon + 1));
    }
    return expected;
  };

  test('is read as line by line, whatever it is, and whatever the last one of the same release was', () => {
    fc.assert(
      fc.property(anyLines, anyLines, (first, second) => {
        for (const parts of [first, second]) {
          const text = `redis_version:9.9.9\r\n${parts.join('')}`;
          const [info, expected] = [parseInfo(text), lineByLine(text)];

          expect([...info]).toEqual([...expected]);
          expect([...info.keys()].map((name) => [info.get(name), info.has(name)])).toEqual(
            [...expected.values()].map((value) => [value, true]),
          );
          expect([info.size, info.get('no'), info.has('no')]).toEqual([expected.size, undefined, false]);
        }
      }),
    );
  });

  test('is read as line by line without a release', () => {
    fc.assert(
      fc.property(anyLines, (parts) => {
        expect([...parseInfo(parts.join(''))]).toEqual([...lineByLine(parts.join(''))]);
      }),
    );
  });

  test('that is none gives no fields, and one without end not too many', () => {
    expect(parseInfo('-ERR no\r\n:1\r\nnothing here').size).toBe(0);
    expect(parseInfo(Array.from({ length: 20_000 }, (_, at) => `f${at}:1`).join('\n')).size).toBe(10_000);
  });
});

describe('command statistics', () => {
  test('are read with what was refused and what failed', () => {
    const info = parseInfo(
      'cmdstat_config|set:calls=3,usec=9,usec_per_call=3.00,rejected_calls=1,failed_calls=2\r\nuptime:1\r\ncmdstat_system.exec:calls=1,usec=1\r\n',
    );

    expect(commandStatistics(info)).toEqual([
      { type: 'redis.statistic', command: 'config|set', calls: 3, rejected: 1, failed: 2 },
      { type: 'redis.statistic', command: 'system.exec', calls: 1, rejected: 0, failed: 0 },
    ]);
  });

  test('leave out counters that are no whole numbers', () => {
    expect([...parseCounters('calls=1,usec=-2,x=1.5,y=,z=99999999999999999999')]).toEqual([['calls', 1]]);
  });
});
