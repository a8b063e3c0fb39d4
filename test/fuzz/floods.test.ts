import { describe, expect, test, vi } from 'vitest';
import type { Line } from '../emulator-probes/line.ts';
import { encoded } from '../emulator-probes/line.ts';
import type { TestSensor } from '../emulator-probes/test-sensor.ts';
import { testSensor } from '../emulator-probes/test-sensor.ts';

const PONG = '+PONG\r\n';
const visitors = (sensor: TestSensor, count: number): Promise<Line[]> =>
  Promise.all(Array.from({ length: count }, sensor.visit));

describe('many visitors at once', () => {
  test('cost no memory by promising 512 MB each', async () => {
    const sensor = await testSensor();
    const other = await sensor.visit();
    const lines = await visitors(sensor, 200);
    const before = process.memoryUsage().rss;

    for (const line of lines) line.send(`*2\r\n$4\r\nECHO\r\n$536870912\r\n${'y'.repeat(10_000)}`);
    for (let round = 0; round < 100; round++) await other.request('PING');

    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    expect(await other.request('PING')).toBe(PONG);
  });

  test('come 10,000 times in bursts while one that was there goes on, and are told as one', async () => {
    const sensor = await testSensor({ burstMs: 50 });
    const steady = await sensor.visit();
    const replies = new Set<string>();

    for (let burst = 0; burst < 20; burst++) {
      const lines = await visitors(sensor, 500);
      await Promise.all(lines.map((line) => line.request('PING')));
      for (const line of lines) line.end();
      replies.add(await steady.request('PING'));
    }
    const { recorder } = sensor;
    const told = (): number =>
      recorder.acts('session.flood').reduce((total, { connections }) => total + connections, 0);
    await vi.waitFor(() => expect(told() + recorder.acts('session.opened').length).toBe(10_001), 20_000);

    expect(replies).toEqual(new Set([PONG]));
    expect(recorder.acts('session.opened').length).toBeLessThan(1_000);
  }, 60_000);

  test('leave by a reset in the middle of a request, and nothing of them stays', async () => {
    const sensor = await testSensor();
    const steady = await sensor.visit();

    for (let burst = 0; burst < 10; burst++) {
      const lines = await visitors(sensor, 200);
      for (const line of lines) {
        line.send(`${encoded('INCR n').repeat(20)}*2\r\n$4\r\nECHO\r\n$900000\r\nxxx`);
        line.reset();
      }
      await steady.request('PING');
    }

    await vi.waitFor(async () => {
      expect(await steady.request('INFO clients')).toContain('connected_clients:1\r\n');
    }, 20_000);
  }, 60_000);

  test('close their half and are let go', async () => {
    const sensor = await testSensor();
    const lines = await visitors(sensor, 300);

    for (const line of lines) {
      line.send('PING\r\n*2\r\n$4\r\nECHO\r\n$5\r\nhal');
      line.finish();
    }
    await Promise.all(lines.map((line) => line.gone()));

    expect(new Set(lines.map((line) => line.take()))).toEqual(new Set([`${PONG}<closed>`]));
  });

  test('wait for one list and are served in the order in which they came', async () => {
    const sensor = await testSensor();
    const [steady, lines] = [await sensor.visit(), await visitors(sensor, 1_000)];
    for (const line of lines) line.send(encoded('BLPOP queue 0'));
    await vi.waitFor(async () => {
      expect(await steady.request('INFO clients')).toContain('blocked_clients:1000\r\n');
    }, 20_000);

    await steady.request(`RPUSH queue ${lines.map((_, at) => at).join(' ')}`);
    await Promise.all(lines.map((line) => line.replied()));

    const values = lines.map((line) => Number(/\r\n(\d+)\r\n$/.exec(line.take())?.[1]));
    expect(values.toSorted((one, other) => one - other)).toEqual(lines.map((_, at) => at));
    expect(await steady.request('EXISTS queue')).toBe(':0\r\n');
  }, 60_000);
});

describe('who does not read', () => {
  test('holds up nobody with a million commands, and gets every reply later', async () => {
    const { visit } = await testSensor();
    const [line, other] = [await visit(), await visit()];

    line.pause(true);
    line.send('PING\r\n'.repeat(1_000_000));
    for (let round = 0; round < 200; round++) expect(await other.request('PING')).toBe(PONG);
    line.pause(false);
    await line.until((got) => got.length >= 7_000_000);

    expect(line.take()).toBe(PONG.repeat(1_000_000));
  }, 60_000);

  test('is hung up on when it is a monitor', async () => {
    const { recorder, visit } = await testSensor({ unreadBytes: 2_000_000 });
    const [monitor, second, other] = [await visit(), await visit(), await visit()];
    await monitor.request('MONITOR');
    await second.request('MONITOR');

    monitor.pause(true);
    for (let sent = 0; sent < 80; sent++) await other.request(`ECHO ${'x'.repeat(200_000)}`);
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'limit' }]);
    expect(await other.request('PING')).toBe(PONG);
    await second.until((got) => got.includes('"PING"'));
  });

  test('does not make messages to a thousand subscribers pile up', async () => {
    const sensor = await testSensor({ unreadBytesTotal: 8_000_000 });
    const [other, lines] = [await sensor.visit(), await visitors(sensor, 1_000)];
    await Promise.all(lines.map((line) => line.request('SUBSCRIBE news')));
    for (const line of lines) line.pause(true);
    const before = process.memoryUsage().rss;

    for (let sent = 0; sent < 5; sent++) {
      expect(await other.request(`PUBLISH news ${'x'.repeat(20_000)}`)).toMatch(/^:\d+\r\n$/);
    }

    expect(await other.request('PING')).toBe(PONG);
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  }, 60_000);

  test('does not make invalidations pile up', async () => {
    const sensor = await testSensor({ unreadBytesTotal: 8_000_000 });
    const [other, lines] = [await sensor.visit(), await visitors(sensor, 300)];
    for (const line of lines) {
      await line.request('HELLO 3');
      await line.request('CLIENT TRACKING ON BCAST');
      line.pause(true);
    }

    other.send(Array.from({ length: 2_000 }, (_, at) => encoded(`SET key:${at} v`)).join(''));
    await other.until((got) => got.length >= 2_000 * 5);

    expect(other.take()).toBe('+OK\r\n'.repeat(2_000));
  }, 60_000);
});

describe('who hoards', () => {
  test.for([
    ['channels', 'SUBSCRIBE', 'c'],
    ['patterns', 'PSUBSCRIBE', 'p'],
    ['watched keys', 'WATCH', 'w'],
  ] as const)('%s is stopped before others notice', async ([, command, prefix]) => {
    const { visit } = await testSensor();
    const other = await visit();
    const names = Array.from({ length: 20_000 }, (_, at) => `${prefix}${at}${'x'.repeat(200)}`).join(' ');
    const before = process.memoryUsage().rss;

    for (let round = 0; round < 5; round++) {
      const line = await visit();
      line.send(encoded(`${command} ${names.replaceAll(prefix, `${prefix}${round}`)}`));
      await line.replied();
      line.pause(true);
    }

    expect(await other.request('PING')).toBe(PONG);
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  test('the time of scripts leaves the others with the word that the server is busy, until it is killed', async () => {
    const sensor = await testSensor();
    const [other, lines] = [await sensor.visit(), await visitors(sensor, 6)];
    await other.request('CONFIG SET lua-time-limit 500');

    for (const line of lines) line.send(encoded('EVAL "while true do end" 0'));
    await vi.waitFor(async () => expect(await other.request('PING')).toMatch(/^-BUSY /), 20_000);
    const killed = await other.request('SCRIPT KILL');
    await Promise.all(lines.map((line) => line.replied()));

    const replies = lines.map((line) => line.take());
    expect(killed).toBe('+OK\r\n');
    expect(replies.filter((reply) => reply.startsWith('-BUSY '))).toHaveLength(5);
    expect(replies.filter((reply) => reply.startsWith('-ERR Error running script'))).toHaveLength(1);
    expect(await other.request('PING')).toBe(PONG);
  });
});
