import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { BlockList, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ownCertificate } from '../src/cli/certificate.ts';
import type { Context } from '../src/cli/context.ts';
import { createBait } from '../src/emulator/bait/create-bait.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import type { Door } from '../src/sensors/doors.ts';
import type { RedisSensor, RedisSensorOptions } from '../src/sensors/redis/sensor.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { openWorldFile } from '../src/sensors/redis/world-file.ts';
import type { MemoryRecorder } from './emulator-probes/memory-recorder.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';

const run = promisify(execFile);
const NEAR = new BlockList();
NEAR.addSubnet('127.0.0.0', 8);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sundew-doors-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

async function opened(
  options: Partial<RedisSensorOptions> = {},
): Promise<{ sensor: RedisSensor; recorder: MemoryRecorder; door: number }> {
  const recorder = memoryRecorder();
  const sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    recorder,
    clock: systemClock,
    random: seededRandom(3),
    ...options,
  });
  onTestFinished(() => sensor.close());
  return { sensor, recorder, door: sensor.doors[0]?.port ?? 0 };
}

/** Sends bytes and returns all that came by the time the server hung up. */
async function talk(port: number, bytes: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.end(bytes, 'latin1');
  let got = '';
  for await (const chunk of socket) got += (chunk as Buffer).toString('latin1');
  return got;
}

const from = (address: string, ...lines: string[]): string => {
  const words = address.includes(':') ? `TCP6 ${address} 2001:db8::1` : `TCP4 ${address} 192.0.2.1`;
  return `PROXY ${words} 40000 6379\r\n${lines.join('\r\n')}\r\n`;
};

describe('a TLS door', () => {
  test('lets redis-cli in, and tells how', async () => {
    const data = folder();
    const pair = await ownCertificate(data, { clock: systemClock, random: seededRandom(1) } as Context);
    const { recorder, door } = await opened({
      doors: [{ kind: 'tls', host: '127.0.0.1', port: 0, ...pair }],
    });

    const { stdout } = await run('redis-cli', ['--tls', '--insecure', '-p', String(door), 'set', 'k', 'v']);

    expect(stdout).toBe('OK\n');
    await recorder.ended(1);
    expect(recorder.acts('session.opened')[0]?.tls).toMatchObject({ version: 'TLSv1.3' });
    expect(recorder.acts('redis.value')).toHaveLength(1);
    expect(await ownCertificate(data, {} as Context)).toEqual(pair);
  });

  test('records who does not speak TLS, and serves the next one', async () => {
    const pair = await ownCertificate(folder(), { clock: systemClock, random: seededRandom(1) } as Context);
    const { recorder, door } = await opened({
      doors: [{ kind: 'tls', host: '127.0.0.1', port: 0, ...pair }],
    });

    await talk(door, 'PING\r\n').catch(() => '');
    await recorder.ended(1);
    const socket = connectTls({
      port: door,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      servername: 'cache.internal',
    });
    socket.end('PING\r\n');
    let got = '';
    for await (const chunk of socket) got += (chunk as Buffer).toString('latin1');

    expect(got).toBe('+PONG\r\n');
    expect(recorder.acts('wire.fault')[0]?.fault).toMatch(/^TLS handshake: /);
    await recorder.ended(2);
    expect(recorder.acts('session.opened')[1]?.tls?.name).toBe('cache.internal');
  });
});

describe('a door behind a balancer', () => {
  const door: Door = { kind: 'proxy', host: '127.0.0.1', port: 0, from: NEAR };

  test('knows visitors by the address that the balancer tells', async () => {
    const { recorder, door: port } = await opened({ doors: [door] });

    expect(await talk(port, from('198.51.100.7', 'PING', 'CLIENT LIST'))).toContain(
      'addr=198.51.100.7:40000',
    );

    expect(recorder.sessions[0]?.peer).toEqual({ address: '198.51.100.7', port: 40_000 });
    expect(recorder.acts('session.opened')[0]).toMatchObject({
      via: '127.0.0.1',
      local: { address: '192.0.2.1', port: 6_379 },
    });
  });

  test('lets nobody in who tells no address, or is no balancer', async () => {
    const nobody = new BlockList();
    const strict = await opened({ doors: [{ ...door, from: nobody }] });
    const open = await opened({ doors: [door] });

    const replies = [
      await talk(open.door, 'PING\r\n').catch(() => ''),
      await talk(strict.door, from('198.51.100.7', 'PING')).catch(() => ''),
    ];

    expect(replies).toEqual(['', '']);
    expect(open.recorder.acts('wire.fault')[0]?.fault).toBe('no PROXY header');
    expect(strict.recorder.acts('wire.fault')[0]?.fault).toBe('not an address of a balancer');
  });

  test('shows a key of one network to another, and keeps what one breaks from the other', async () => {
    const { door: port } = await opened({
      doors: [door],
      bait: createBait(seededRandom(4), systemClock.now()),
    });
    const ask = (address: string, ...lines: string[]): Promise<string> => talk(port, from(address, ...lines));
    const full = await ask('198.51.100.7', 'DBSIZE');

    await ask('198.51.100.7', 'SET mark seen');
    const seen = await ask('203.0.113.9', 'GET mark');
    await ask('203.0.113.9', 'FLUSHALL', 'SET mark other', 'CONFIG SET requirepass x', 'SLAVEOF 192.0.2.9 1');
    const [mine, theirs, size, role] = [
      await ask('203.0.113.77', 'AUTH x', 'GET mark', 'DBSIZE'),
      await ask('198.51.100.200', 'GET mark'),
      await ask('198.51.100.7', 'DBSIZE'),
      await ask('2001:db8:5::1', 'ROLE'),
    ];

    expect(seen).toBe('$4\r\nseen\r\n');
    expect(mine).toBe('+OK\r\n$5\r\nother\r\n:1\r\n');
    expect(theirs).toBe('$4\r\nseen\r\n');
    expect(size).toBe(`:${Number(full.slice(1)) + 1}\r\n`);
    expect(role).toMatch(/^\*3\r\n\$6\r\nmaster/);
  });
});

describe('groups of visitors', () => {
  const door: Door = { kind: 'proxy', host: '127.0.0.1', port: 0, from: NEAR };

  test('stay apart when one wakes somebody of the other in the middle of its own turn', async () => {
    const { door: port, recorder } = await opened({ doors: [door] });
    const waiting = connect({ port, host: '127.0.0.1' });
    waiting.write(from('198.51.100.7', 'BLPOP queue 0', 'PING'));
    await expect.poll(() => recorder.acts('redis.command').some(({ name }) => name === 'blpop')).toBe(true);

    const reply = await talk(
      port,
      from('203.0.113.9', 'RPUSH queue job', 'CONFIG SET requirepass x', 'FLUSHALL', 'SET k v'),
    );
    const [mine, theirs] = [
      await talk(port, from('203.0.113.10', 'PING')),
      await talk(port, from('198.51.100.8', 'PING', 'GET k')),
    ];
    waiting.destroy();

    expect(reply).toBe(':1\r\n+OK\r\n+OK\r\n+OK\r\n');
    expect(mine).toBe('-NOAUTH Authentication required.\r\n');
    expect(theirs).toBe('+PONG\r\n$1\r\nv\r\n');
  });

  test('lose nothing when another one has no memory left by its own setting', async () => {
    const { door: port } = await opened({ doors: [door] });
    await talk(port, from('198.51.100.7', 'SET k v', 'CONFIG SET dir /tmp'));

    const reply = await talk(port, from('203.0.113.9', 'CONFIG SET maxmemory 1', 'SET x 1'));

    expect(reply).toContain("-OOM command not allowed when used memory > 'maxmemory'.");
    expect(await talk(port, from('198.51.100.7', 'GET k', 'CONFIG GET dir'))).toContain(
      '$1\r\nv\r\n*2\r\n$3\r\ndir\r\n$4\r\n/tmp',
    );
  });

  test('hear of keys whose time is over, whoever ran last', async () => {
    const { door: port } = await opened({ doors: [door] });
    const listener = connect({ port, host: '127.0.0.1' });
    let heard = '';
    listener.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
    });
    listener.write(
      from('198.51.100.7', 'CONFIG SET notify-keyspace-events Ex', 'SUBSCRIBE __keyevent@0__:expired'),
    );
    await expect.poll(() => heard).toContain('subscribe');

    await talk(port, from('203.0.113.9', 'SET passing v PX 30'));

    await expect.poll(() => heard).toContain('$7\r\npassing');
    listener.destroy();
  });

  test('lose one visitor at most when more is to be told than anyone reads', async () => {
    const { sensor } = await opened({ limits: { unreadBytes: 1_000_000 } });
    const deaf = connect({ port: sensor.port, host: '127.0.0.1' });
    deaf.write(Array.from({ length: 300 }, (_, at) => `PSUBSCRIBE ${'*'.repeat(at + 1)}\r\n`).join(''));
    deaf.on('error', () => undefined);
    await expect.poll(() => talk(sensor.port, 'PUBSUB NUMPAT\r\n')).toBe(':300\r\n');

    await talk(sensor.port, `PUBLISH channel ${'x'.repeat(50_000)}\r\n`);

    expect(await talk(sensor.port, 'PING\r\n')).toBe('+PONG\r\n');
    await expect.poll(() => talk(sensor.port, 'PUBSUB NUMPAT\r\n')).toBe(':0\r\n');
    deaf.destroy();
  });
});

describe('the world of a sensor', () => {
  const door: Door = { kind: 'proxy', host: '127.0.0.1', port: 0, from: NEAR };

  test('outlives a restart, with what each network sees', async () => {
    const world = openWorldFile(join(folder(), 'worlds', 'test.jsonl'));
    const bait = createBait(seededRandom(5), systemClock.now());
    const first = await opened({ doors: [door], world, bait });
    await talk(
      first.door,
      from('198.51.100.7', 'RPUSH list a b', 'EXPIRE list 1000', 'XADD stream 1-1 f v', 'FLUSHDB ASYNC'),
    );
    await talk(first.door, from('203.0.113.9', 'SET mark seen', 'SADD set x y', 'ZADD scores 1.5 m'));
    const before = await talk(first.door, from('203.0.113.9', 'DBSIZE'));
    await first.sensor.close();

    const second = await opened({ doors: [door], world, bait });

    expect(await talk(second.door, from('203.0.113.9', 'DBSIZE', 'GET mark', 'ZSCORE scores m'))).toBe(
      `${before}$4\r\nseen\r\n$3\r\n1.5\r\n`,
    );
    expect(await talk(second.door, from('198.51.100.7', 'DBSIZE'))).toBe(':3\r\n');
    const info = await talk(second.door, from('203.0.113.9', 'INFO server'));
    expect(Number(/uptime_in_seconds:(\d+)/.exec(info)?.[1])).toBeLessThan(60);
  });

  test('is read as far as it can be when its file is damaged', async () => {
    const path = join(folder(), 'test.jsonl');
    const world = openWorldFile(path);
    const first = await opened({ world });
    await talk(first.sensor.port, 'SET a 1\r\nSET b 2\r\n');
    await first.sensor.close();
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(
      path,
      [
        '\0garbage',
        ...lines.slice(0, -2),
        '{"db":0,"key":"c","owner":0,"apart":false,"dump":"\\u0000x"}',
        '{"db":9',
      ].join('\n'),
    );

    const second = await opened({ world });

    expect(await talk(second.sensor.port, 'DBSIZE\r\n')).toBe(':1\r\n');
  });
});
