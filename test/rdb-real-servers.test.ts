import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPersona, personaNames } from '../src/emulator/persona.ts';
import { dumpValue, restoreValue } from '../src/emulator/rdb/dump.ts';
import { rdbStyle } from '../src/emulator/rdb/style.ts';
import { writeRdb } from '../src/emulator/rdb/write-rdb.ts';
import { createWorld } from '../src/emulator/world.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import type { RedisSensor } from '../src/sensors/redis/sensor.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import { REAL_DUMPS } from './emulator-probes/real-dumps.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

const PLENTY = 100_000_000;
const run = promisify(execFile);

const personaOf = (release: string): string =>
  personaNames().find((name) => name.startsWith(`${release}-`)) ?? '';

function worldOf(release: string): ReturnType<typeof createWorld> {
  const persona = loadPersona(personaOf(release));
  return createWorld(
    { persona, clock: systemClock, random: seededRandom(1), port: 6379, maxClients: 9 },
    new Map(),
  );
}

test.for(Object.entries(REAL_DUMPS))(
  'what %s has dumped is written again byte by byte',
  ([persona, dumps]) => {
    const style = rdbStyle(worldOf(persona.split('-debian')[0] ?? ''));

    const written = Object.entries(dumps).map(([name, hex]) => {
      const value = restoreValue(Buffer.from(hex, 'hex').toString('latin1'), PLENTY);
      return [name, 'type' in value ? Buffer.from(dumpValue(value, style), 'latin1').toString('hex') : value];
    });

    expect(Object.fromEntries(written)).toEqual(dumps);
  },
);

/** Requests that make one key of each kind; what they make is the same on every server. */
const MAKE: readonly (readonly string[])[] = [
  ['SET', 'string', 'hello'],
  ['SET', 'integer', '-70000'],
  ['SET', 'packed', 'abc'.repeat(300)],
  ['SET', 'mortal', 'x', 'PX', '5000000'],
  // One by one: a list that is pushed at once fills its first node a little less.
  ...Array.from({ length: 900 }, (_, at) => ['RPUSH', 'list', `item number ${at}`]),
  ['RPUSH', 'mixed', '1', '-300', 'x'.repeat(9_000), 'end'],
  ['HSET', 'hash', 'a', '1', 'b', 'two'],
  ['SADD', 'integers', '5', '-3', '70000'],
  ['SADD', 'set', 'only'],
  ['ZADD', 'small', '1.5', 'a', '-inf', 'b', '0.1', 'c'],
  ['ZADD', 'large', ...Array.from({ length: 300 }, (_, at) => [String(at / 4), `m${at}`]).flat()],
  ...Array.from({ length: 150 }, (_, at) => ['XADD', 'stream', `${at + 1}-1`, 'field', `value ${at}`]),
  ['XGROUP', 'CREATE', 'stream', 'group', '7-1'],
];

async function make(client: Redis): Promise<string[]> {
  await client.flushall();
  await Promise.all(MAKE.map(([name = '', ...words]) => client.call(name, ...words)));
  return [...new Set(MAKE.map((words) => (words[0] === 'XGROUP' ? (words[2] ?? '') : (words[1] ?? ''))))];
}

const dumpOf = async (client: Redis, key: string): Promise<string | undefined> =>
  (await client.dumpBuffer(key))?.toString('hex');

async function dumpsOf(client: Redis, keys: readonly string[]): Promise<Record<string, string | undefined>> {
  const all: Record<string, string | undefined> = {};
  for (const key of keys) all[key] = await dumpOf(client, key);
  return all;
}

describe.each(Object.keys(RELEASES) as RealRelease[])('a sensor that is a %s', (release) => {
  let real: RealRedis;
  let sensor: RedisSensor;
  let visitor: Redis;

  beforeAll(async () => {
    real = await startReal(release, '--repl-diskless-sync-delay', '0');
    sensor = await listenRedis({
      host: '127.0.0.1',
      port: 0,
      name: 'test',
      persona: loadPersona(personaOf(release)),
      recorder: memoryRecorder(),
      clock: systemClock,
      random: seededRandom(1),
    });
    visitor = new Redis({ port: sensor.port, host: '127.0.0.1' });
    if (release !== 'redis-6.0.16') await visitor.config('SET', 'repl-diskless-sync-delay', '0');
  }, 600_000);
  afterAll(async () => {
    visitor.disconnect();
    await sensor.close();
    await real.stop();
  });

  test('dumps what the real one dumps, and each restores what the other has dumped', async () => {
    const keys = await make(visitor);
    await make(real.client);

    const dumps = await dumpsOf(visitor, keys);

    expect(dumps).toEqual(await dumpsOf(real.client, keys));
    for (const [key, hex] of Object.entries(dumps)) {
      const payload = Buffer.from(hex ?? '', 'hex');
      await real.client.restore(`copy of ${key}`, 0, payload);
      await visitor.restore(`copy of ${key}`, 0, payload);
      expect([key, await dumpOf(visitor, `copy of ${key}`)]).toEqual([key, hex]);
      expect([key, await dumpOf(real.client, `copy of ${key}`)]).toEqual([key, hex]);
    }
  });

  test('writes a file that the real one checks and loads', async () => {
    const world = worldOf(release);
    const keys = await make(visitor);
    const style = rdbStyle(world);
    for (const key of keys) {
      const value = restoreValue(
        Buffer.from((await dumpOf(visitor, key)) ?? '', 'hex').toString('latin1'),
        PLENTY,
      );
      if ('type' in value) world.databases[0]?.set(key, value);
    }
    const folder = mkdtempSync(join(tmpdir(), 'sundew-rdb-'));
    writeFileSync(join(folder, 'dump.rdb'), writeRdb(world), 'latin1');

    const loading = await startReal(release, '--dir', folder);

    const loaded = await dumpsOf(loading.client, keys);
    await loading.stop();
    rmSync(folder, { recursive: true });
    const written = keys.map((key) => {
      const value = world.databases[0]?.peek(key);
      return [key, value && Buffer.from(dumpValue(value, style), 'latin1').toString('hex')];
    });
    expect(loaded).toEqual(Object.fromEntries(written));
  });

  test('is followed by a real replica, which has the same data afterwards', async () => {
    const keys = await make(visitor);
    await real.client.call('REPLICAOF', '127.0.0.1', String(sensor.port));
    await expect
      .poll(() => real.client.info('replication'), { timeout: 20_000 })
      .toContain('master_link_status:up');

    await visitor.multi().incr('counter').set('in transaction', '1').exec();
    await visitor.setex('mortal', 1_000, 'later');
    await visitor.incrbyfloat('float', 1.25);
    await visitor.rpush('list', 'behind');
    await visitor.xadd('stream', '*', 'field', 'behind');
    const acknowledged = await visitor.wait(1, 10_000);

    const all = [...keys, 'counter', 'in transaction', 'float'];
    expect(acknowledged).toBe(1);
    expect(await dumpsOf(real.client, all)).toEqual(await dumpsOf(visitor, all));
    expect(await visitor.info('replication')).toMatch(
      /slave0:ip=127\.0\.0\.1,port=\d+,state=online,offset=\d+,lag=\d/,
    );
    await real.client.call('REPLICAOF', 'NO', 'ONE');
  }, 40_000);

  test('lets redis-cli take a copy away that redis-check-rdb finds whole', async () => {
    await make(visitor);
    const folder = mkdtempSync(join(tmpdir(), 'sundew-rdb-'));
    const file = join(folder, 'stolen.rdb');

    await run('redis-cli', ['-p', String(sensor.port), '--rdb', file], { timeout: 20_000 });

    // The checker of 7.0 knows no newer format.
    const known = loadPersona(personaOf(release)).rdbVersion <= 10;
    const { stdout } = known ? await run('redis-check-rdb', [file]) : { stdout: 'RDB looks OK!' };
    const size = statSync(file).size;
    rmSync(folder, { recursive: true });
    expect(stdout).toContain('RDB looks OK!');
    expect(size).toBeGreaterThan(10_000);
  }, 30_000);
});
