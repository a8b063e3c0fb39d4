import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import type { RedisSensor } from '../src/sensors/redis/sensor.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { probes } from './emulator-probes/all.ts';
import { ask } from './emulator-probes/ask.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

/**
 * What 6.0.16 answers otherwise than the 7.0.15 that the tests can have, recorded from a real 6.0.16, by probe and
 * step. With SUNDEW_REDIS_6=PORT of a real 6.0.16 (without a configuration file) the same tests ask that one too.
 */
const Differences = z.record(
  z.string(),
  z.record(z.string(), z.object({ reply: z.string(), why: z.string() })),
);
const recorded = readFileSync(join(import.meta.dirname, 'emulator-probes', 'redis-6.0.16.json'), 'utf8');
const differences = Differences.parse(JSON.parse(recorded));
const olderPort = Number(process.env['SUNDEW_REDIS_6'] ?? 0);

let real: RealRedis;
let sensor: RedisSensor;

beforeAll(async () => {
  const allowed = '--enable-protected-configs yes --enable-debug-command yes --enable-module-command yes';
  real = await startRedis(...allowed.split(' '));
  sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    recorder: memoryRecorder(),
    clock: systemClock,
    random: seededRandom(1),
  });
});
afterAll(async () => {
  await sensor.close();
  await real.stop();
});

describe('the emulator answers as a real server', () => {
  test.for(probes)('$name', async (probe) => {
    const known = differences[probe.name] ?? {};

    const answers = await ask(sensor.port, probe);

    const real7 = await ask(real.port, probe);
    expect(answers).toEqual(real7.map(({ step, reply }) => ({ step, reply: known[step]?.reply ?? reply })));
    const needless = real7.filter(({ step, reply }) => known[step]?.reply === reply);
    expect(needless).toEqual([]);
  });

  test('asks several hundred requests, and knows no exception that it does not ask for', async () => {
    const asked = probes.flatMap((probe) => probe.steps.map(() => probe.name));
    const unused = Object.keys(differences).filter((name) => !asked.includes(name));

    expect(asked.length).toBeGreaterThan(1_000);
    expect(unused).toEqual([]);
  });
});

test.runIf(olderPort > 0)('the emulator answers as a real 6.0.16', async () => {
  const differing: unknown[] = [];

  for (const probe of probes) {
    const answers = await ask(sensor.port, probe);
    const real6 = await ask(olderPort, probe);
    const others = answers.filter(({ reply }, at) => reply !== real6[at]?.reply);
    differing.push(...others.filter(({ step }) => !step.includes('CONFIG REWRITE')));
  }

  expect(differing).toEqual([]);
});
