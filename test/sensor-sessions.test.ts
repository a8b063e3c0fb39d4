import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { openLine } from './emulator-probes/line.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import { testSensor } from './emulator-probes/test-sensor.ts';

describe('a session', () => {
  test('is opened with who came to where, and closed with what it amounted to', async () => {
    const { port, recorder, visit } = await testSensor();
    const line = await visit();
    await line.request('SET k v');

    line.send('QUIT\r\n');
    await recorder.ended(1);

    const [session] = recorder.sessions;
    expect(session?.peer.address).toBe('127.0.0.1');
    expect(session?.acts).toEqual([
      { type: 'session.opened', protocol: 'redis', local: { address: '127.0.0.1', port } },
      { type: 'redis.command', name: 'set', args: ['k', 'v'], db: 0, reply: 'ok' },
      { type: 'redis.value', db: 0, key: 'k', kind: 'string', value: 'v', command: 'set' },
      { type: 'redis.command', name: 'quit', args: [], db: 0, reply: 'ok' },
      {
        type: 'session.closed',
        reason: 'quit',
        commands: 2,
        bytesIn: 33,
        bytesOut: 10,
        ms: expect.any(Number) as number,
      },
    ]);
  });

  test.for([
    ['visitor', 'PING\r\n'],
    ['quit', 'QUIT\r\n'],
    ['protocol-error', '*x\r\n'],
    ['protocol-error', 'Host: x\r\n'],
    ['server', 'CLIENT KILL TYPE normal SKIPME no\r\n'],
  ] as const)('ends with the reason %s after %j', async ([reason, bytes]) => {
    const { recorder, visit } = await testSensor();
    const line = await visit();

    line.send(bytes);
    line.finish();
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason }]);
  });

  test('ends with an error when the visitor resets the connection', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();
    await line.request('PING');

    line.reset();
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'error', commands: 1 }]);
  });

  test('ends when nothing is said for long', async () => {
    const { recorder, visit } = await testSensor({ idleMs: 30 });
    const line = await visit();

    await line.gone();
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'timeout' }]);
  });

  test('ends for everyone when the sensor closes', async () => {
    const { recorder, sensor, visit } = await testSensor();
    const line = await visit();
    await line.request('PING');

    await sensor.close();

    await line.gone();
    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'shutdown' }]);
  });

  test('still answers a visitor who has stopped sending', async () => {
    const { visit } = await testSensor();
    const line = await visit();

    line.send('PING\r\n'.repeat(3_000));
    line.finish();
    await line.gone();

    expect(line.take()).toBe(`${'+PONG\r\n'.repeat(3_000)}<closed>`);
  });

  test('records the reply: ok, error with its text, or none', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();

    await line.request('INCR n');
    await line.request('HGET n f');
    line.send('CLIENT REPLY SKIP\r\nPING\r\n');
    await line.request('ECHO end');

    expect(recorder.acts('redis.command')).toMatchObject([
      { name: 'incr', reply: 'ok' },
      {
        name: 'hget',
        reply: 'error',
        error: 'WRONGTYPE Operation against a key holding the wrong kind of value',
      },
      { name: 'client|reply', reply: 'none' },
      { name: 'ping', reply: 'none' },
      { name: 'echo', reply: 'ok' },
    ]);
  });

  test('says of queued commands where they will take place', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();

    for (const request of [
      'MULTI',
      'SELECT 4',
      'SET k v',
      'CONFIG SET dir /etc',
      'SAVE',
      'EXEC',
      'SET k w',
    ]) {
      await line.request(request);
    }

    expect(recorder.acts('redis.save')).toMatchObject([{ dir: '/etc', dbfilename: 'dump.rdb' }]);
    expect(recorder.acts('redis.value')).toMatchObject([
      { db: 4, value: 'v' },
      { db: 4, value: 'w' },
    ]);
  });

  test('knows an IPv4 address that came over an IPv6 socket', async () => {
    const recorder = memoryRecorder();
    const sensor = await listenRedis({
      host: '::',
      port: 0,
      name: 'test',
      recorder,
      clock: systemClock,
      random: seededRandom(1),
    });

    const line = await openLine(sensor.port);
    const list = await line.request('CLIENT LIST');
    line.end();
    await sensor.close();

    expect(recorder.sessions[0]?.peer.address).toBe('127.0.0.1');
    expect(list).toMatch(/ addr=127\.0\.0\.1:\d+ /);
  });
});

describe('a sensor', () => {
  test('counts plain commands of a busy session instead of keeping each', async () => {
    const { recorder, visit } = await testSensor({ plainCommands: 5 });
    const line = await visit();

    line.send('INCR n\r\n'.repeat(100));
    line.send('CONFIG SET dir /tmp\r\nSET k "* * * * * root id\\n"\r\nQUIT\r\n');
    await recorder.ended(1);

    expect(recorder.acts('redis.command').map(({ name }) => name)).toEqual([
      ...Array.from({ length: 5 }, () => 'incr'),
      'config|set',
      'set',
      'quit',
    ]);
    expect(recorder.acts('redis.burst')).toMatchObject([{ counts: { incr: 95 }, samples: { incr: ['n'] } }]);
    expect(recorder.acts('session.closed')).toMatchObject([{ commands: 103 }]);
  });

  test('records the counts of a session that goes on', async () => {
    const { recorder, visit } = await testSensor({ plainCommands: 0, burstMs: 10 });
    const line = await visit();

    await line.request('PING');
    while (recorder.acts('redis.burst').length === 0) await line.request('DBSIZE');

    expect(recorder.acts('redis.burst')[0]?.counts['ping']).toBe(1);
    expect(recorder.acts('session.closed')).toEqual([]);
  });

  test('stops reading while events are not taken, and goes on after', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();
    let taken = false;
    recorder.saturate(true);

    const reply = line.request('INCR n').then((text) => ({ text, taken }));
    // Another connection is accepted and read in the same event loop: what can happen before has happened.
    const other = await visit();
    other.send('PING\r\n');
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    const before = recorder.acts('redis.command');
    taken = true;
    recorder.saturate(false);

    expect(before).toEqual([]);
    expect(await reply).toEqual({ text: ':1\r\n', taken: true });
  });

  test('rejects with the error of the system when the port is taken', async () => {
    const { port } = await testSensor();
    const again = listenRedis({
      host: '127.0.0.1',
      port,
      name: 'second',
      recorder: memoryRecorder(),
      clock: systemClock,
      random: seededRandom(1),
    });

    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('answers no one any more once it is closed', async () => {
    const { port, sensor } = await testSensor();
    await sensor.close();

    const socket = connect(port, '127.0.0.1');

    await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
