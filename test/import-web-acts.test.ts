import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTrustedProxies } from '../src/imports/web/trusted-proxies.ts';
import { WEB_FORMATS } from '../src/imports/web/web-format.ts';
import { Act } from '../src/model/act.ts';
import { importBytes } from './imports/in-memory.ts';
import { WEB_LINES } from './imports/web-lines.ts';

const line = (address: string, second: number, behind = ''): string =>
  `${address} - - [10/Oct/2023:13:${55 + Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')} +0000] "GET /${second} HTTP/1.1" 200 9 "-" "x"${behind}\n`;
const AT = Date.UTC(2023, 9, 10, 13, 55);

describe('a web log', () => {
  test('is one session a source until that has been silent for two minutes', async () => {
    const seen = await importBytes(
      'combined',
      [
        line('198.51.100.7', 0),
        line('192.0.2.1', 60),
        line('198.51.100.7', 119),
        line('192.0.2.1', 200),
        line('198.51.100.7', 239),
      ].join(''),
    );

    expect(seen.sessions).toBe(4);
    expect(seen.acts[0]).toMatchObject({
      origin: { vantage: 'import', sensor: 'test', peer: { address: '198.51.100.7', port: 0 } },
      act: { type: 'session.opened', protocol: 'http', local: { port: 6379 } },
      time: AT,
    });
    expect(seen.of('session.closed')).toEqual([
      { type: 'session.closed', reason: 'timeout', commands: 1, bytesIn: 16, bytesOut: 9, ms: 0 },
      { type: 'session.closed', reason: 'timeout', commands: 2, bytesIn: 32, bytesOut: 18, ms: 119_000 },
      { type: 'session.closed', reason: 'shutdown', commands: 1, bytesIn: 17, bytesOut: 9, ms: 0 },
      { type: 'session.closed', reason: 'shutdown', commands: 1, bytesIn: 17, bytesOut: 9, ms: 0 },
    ]);
  });

  test('is another session where the time goes back, and the same where lines are a little out of order', async () => {
    const text = [line('192.0.2.1', 290), line('192.0.2.1', 288), line('192.0.2.1', 2)].join('');

    const seen = await importBytes('combined', text);

    expect(seen.of('session.closed').map(({ commands, ms }) => [commands, ms])).toEqual([
      [2, 2_000],
      [1, 0],
    ]);
  });

  test('counts and locates broken lines, and gives an impossible time the one before it', async () => {
    const text = `${line('192.0.2.1', 1)}nonsense\n\n${line('192.0.2.1', 2).replace('Oct', 'Okt')}`;

    const seen = await importBytes('combined', text, 7);

    expect(seen.report).toMatchObject({
      units: 4,
      broken: 1,
      ignored: 1,
      places: [{ unit: 2, why: 'it has no [time] with a "request" behind it' }],
    });
    expect(seen.impossibleTimes).toBe(1);
    expect(seen.acts.map(({ time }) => time)).toEqual(Array(4).fill(AT + 1_000));
  });

  test('may have lines of any length; those above a bound are broken, and the next one is read', async () => {
    const huge = line('192.0.2.1', 1).replace('GET /1', `GET /${'a'.repeat(3_000_000)}`);
    const long = line('192.0.2.1', 2).replace('GET /2', `GET /${'a'.repeat(900_000)}`);

    const seen = await importBytes('combined', `${huge}${long}${line('192.0.2.1', 3)}`);

    expect(seen.report.places).toEqual([{ unit: 1, why: 'it is longer than 1 MiB' }]);
    expect(seen.of('http.request').map(({ target }) => target.length)).toEqual([900_001, 2]);
  });

  test('gives a visitor behind a trusted proxy its own session, which names the proxy', async () => {
    const text = [
      line('10.0.0.1', 1, ' "203.0.113.9, 198.51.100.7"'),
      line('10.0.0.2', 2, ' "198.51.100.7"'),
      line('192.0.2.1', 3, ' "198.51.100.7"'),
    ].join('');
    const peers = async (...ranges: readonly string[]): Promise<readonly unknown[]> => {
      const proxies = ranges.length === 0 ? undefined : createTrustedProxies(ranges);
      const seen = await importBytes('combined', text, 65_536, 80, proxies);
      return seen.acts.flatMap(({ act, origin }) =>
        act.type === 'session.opened' ? [[origin.peer.address, act.via]] : [],
      );
    };

    expect(await peers('10.0.0.0/8')).toEqual([
      ['198.51.100.7', '10.0.0.1'],
      ['192.0.2.1', undefined],
    ]);
    expect(await peers()).toEqual([
      ['10.0.0.1', undefined],
      ['10.0.0.2', undefined],
      ['192.0.2.1', undefined],
    ]);
  });

  test.for(WEB_FORMATS)('as %s says the same acts however it is cut', async (format) => {
    const whole = await importBytes(format, WEB_LINES[format]);

    expect(whole.of('http.request').length).toBeGreaterThan(0);
    expect(whole.report).toMatchObject({ broken: 0 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
        const cut = await importBytes(format, WEB_LINES[format], size);

        expect(cut.acts).toEqual(whole.acts);
        expect(cut.report.units).toBe(whole.report.units);
      }),
      { numRuns: 30 },
    );
  });

  test.for(WEB_FORMATS)(
    'as %s never throws, and says only bytes, whatever is written over it',
    async (format) => {
      const noise = fc.array(
        fc.tuple(
          fc.nat(),
          fc.oneof(fc.constantFrom('"', '\\', ' ', '[', ']', '{', '}', '#', ':', ',', '.', '-'), fc.string()),
        ),
        {
          maxLength: 8,
        },
      );

      await fc.assert(
        fc.asyncProperty(noise, fc.integer({ min: 1, max: 300 }), async (spots, size) => {
          let text = WEB_LINES[format].toString('latin1').repeat(2);
          for (const [place, what] of spots) {
            const at = place % text.length;
            text = text.slice(0, at) + Buffer.from(what).toString('latin1') + text.slice(at + what.length);
          }

          const seen = await importBytes(format, text, size);

          for (const { act } of seen.acts) {
            expect(Act.safeParse(act).success).toBe(true);
            if (act.type !== 'http.request') continue;
            const said = [act.method, act.target, act.version, act.body, ...act.headers.flat()].join('');
            expect(/[^\u0000-\u00ff]/.test(said)).toBe(false);
          }
        }),
        { numRuns: 300 },
      );
    },
  );
});
