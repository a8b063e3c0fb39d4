import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encoded } from './emulator-probes/line.ts';
import { testSensor } from './emulator-probes/test-sensor.ts';
import { redisCli } from './peers/redis-cli.ts';

const run = promisify(execFile);

function ioredis(port: number, options: { readonly db?: number } = {}): Redis {
  const client = new Redis({ host: '127.0.0.1', port, maxRetriesPerRequest: 0, ...options });
  onTestFinished(() => client.disconnect());
  return client;
}

function installed(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('redis-cli', () => {
  test('runs commands given as words and on its input', async () => {
    const { port } = await testSensor();

    expect(await redisCli(port, ['set', 'k', 'v'])).toBe('OK\n');
    expect(await redisCli(port, [], 'get k\ndbsize\n')).toBe('v\n1\n');
    expect(await redisCli(port, ['--no-raw', 'info', 'server'])).toContain('redis_version:6.0.16');
  });

  test('sends a value of any bytes from its input and gets it back', async () => {
    const { port } = await testSensor();
    const all = Buffer.from(Array.from({ length: 256 }, (_, code) => code));

    await redisCli(port, ['-x', 'set', 'all'], all);

    expect(await redisCli(port, ['get', 'all'])).toBe(`${all.toString('latin1')}\n`);
  });

  test('inserts in bulk with --pipe', async () => {
    const { port } = await testSensor();
    const requests = Array.from({ length: 5_000 }, (_, at) => encoded(`SET key:${at} ${at}`)).join('');

    const said = await redisCli(port, ['--pipe'], Buffer.from(requests, 'latin1'));

    expect(said).toContain('errors: 0, replies: 5000');
    expect(await redisCli(port, ['dbsize'])).toBe('5000\n');
  });

  test('finds every key with --scan and the largest with --bigkeys', async () => {
    const { port } = await testSensor();
    const requests = Array.from({ length: 500 }, (_, at) =>
      encoded(`SET key:${at} ${'x'.repeat(at + 1)}`),
    ).join('');
    await redisCli(port, ['--pipe'], Buffer.from(requests, 'latin1'));

    const names = (await redisCli(port, ['--scan', '--pattern', 'key:*'])).trim().split('\n');

    expect(new Set(names).size).toBe(500);
    expect(await redisCli(port, ['--bigkeys'])).toMatch(/Biggest string found '.*key:499.*' has 500 bytes/);
  });
});

describe('ioredis', () => {
  test('connects, gets ready and runs pipelines and transactions', async () => {
    const { port } = await testSensor();
    const client = ioredis(port);

    const piped = await client.pipeline().set('a', '1').incr('a').hset('h', { f: 'v' }).hgetall('h').exec();
    const executed = await client.multi().lpush('l', 'x', 'y').lrange('l', 0, -1).exec();

    expect(piped?.map(([, value]) => value)).toEqual(['OK', 2, 1, { f: 'v' }]);
    expect(executed?.map(([, value]) => value)).toEqual([2, ['y', 'x']]);
  });

  test('receives what another client publishes', async () => {
    const { port } = await testSensor();
    const [subscriber, publisher] = [ioredis(port), ioredis(port)];
    const message = new Promise((resolve) => {
      subscriber.on('message', (channel, text) => resolve([channel, text]));
    });
    await subscriber.subscribe('news');

    await publisher.publish('news', 'hello');

    expect(await message).toEqual(['news', 'hello']);
  });

  test('selects a database, keeps binary values and reads a stream of keys', async () => {
    const { port } = await testSensor();
    const client = ioredis(port, { db: 3 });
    const value = Buffer.from([0, 255, 13, 10]);
    await client.set('bin', value);
    await client.mset(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, '1'])));

    const found = new Set<string>();
    for await (const keys of client.scanStream({ count: 7 }) as AsyncIterable<string[]>) {
      for (const key of keys) found.add(key);
    }

    expect(await client.getBuffer('bin')).toEqual(value);
    expect(found.size).toBe(301);
  });
});

describe('scanners', () => {
  test('redis-benchmark runs its usual tests', async () => {
    const { port, recorder } = await testSensor();
    const tests =
      'ping_inline,ping_mbulk,set,get,incr,lpush,rpush,lpop,rpop,sadd,hset,spop,zadd,lrange_100,mset';

    const words = `-p ${port} -n 500 -c 5 -P 4 --csv -t ${tests}`;
    const { stdout } = await run('redis-benchmark', words.split(' '));

    expect(stdout.trim().split('\n').length).toBeGreaterThanOrEqual(tests.split(',').length);
    expect(recorder.acts('wire.fault')).toEqual([]);
  });

  // Without the slow version scan; -sV has been seen to say "Redis key-value store 6.0.16".
  test.runIf(installed('nmap'))('the script of nmap reads the sensor as a Redis', async () => {
    const { port } = await testSensor();

    const words = `-Pn -n -p ${port} --script +redis-info 127.0.0.1`;
    const { stdout } = await run('nmap', words.split(' '));

    expect(stdout).toMatch(/Version: 6\.0\.16/);
    expect(stdout).toMatch(/Operating System: Linux 5\.10/);
  });
});
