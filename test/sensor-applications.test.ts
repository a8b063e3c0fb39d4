import { Queue, Worker } from 'bullmq';
import { createClient } from 'redis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPersona, personaNames } from '../src/emulator/persona.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';

async function sensorAs(persona: string): Promise<number> {
  const sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    persona: loadPersona(persona),
    recorder: memoryRecorder(),
    clock: systemClock,
    random: seededRandom(5),
  });
  onTestFinished(() => sensor.close());
  return sensor.port;
}

describe('applications that use the sensor as their Redis', () => {
  test.for(personaNames())(
    'BullMQ runs jobs on %s: delayed, failing, in the order of their priority',
    async (persona) => {
      const connection = { host: '127.0.0.1', port: await sensorAs(persona) };
      const queue = new Queue<{ n: number }>('mail', { connection });
      const done: number[] = [];
      const tries = new Map<number, number>();
      await queue.addBulk([
        { name: 'send', data: { n: 1 }, opts: { priority: 5 } },
        { name: 'send', data: { n: 2 }, opts: { priority: 1 } },
        { name: 'send', data: { n: 3 }, opts: { delay: 150 } },
        { name: 'send', data: { n: 4 }, opts: { attempts: 2, priority: 9 } },
      ]);

      await new Promise<void>((resolve) => {
        const worker = new Worker<{ n: number }>(
          'mail',
          async ({ data: { n } }) => {
            tries.set(n, (tries.get(n) ?? 0) + 1);
            if (n === 4 && tries.get(n) === 1) throw new Error('once');
            done.push(n);
            if (done.length === 4) resolve();
            return Promise.resolve();
          },
          { connection },
        );
        onTestFinished(async () => {
          await worker.close();
          await queue.close();
        });
      });

      expect(done.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4]);
      expect(done.indexOf(2)).toBeLessThan(done.indexOf(1));
      expect(tries.get(4)).toBe(2);
      await expect
        .poll(() => queue.getJobCounts('completed', 'waiting', 'delayed', 'failed'))
        .toEqual({
          completed: 4,
          waiting: 0,
          delayed: 0,
          failed: 0,
        });
    },
  );

  test.for(personaNames())('node-redis speaks RESP3 with %s', async (persona) => {
    const client = createClient({ url: `redis://127.0.0.1:${await sensorAs(persona)}`, RESP: 3 });
    await client.connect();
    const listener = client.duplicate();
    await listener.connect();
    onTestFinished(() => {
      client.destroy();
      listener.destroy();
    });
    const heard: string[] = [];
    await listener.pSubscribe('news.*', (message, channel) => heard.push(`${channel}: ${message}`));

    await client.hSet('h', { a: '1', b: '2' });
    await client.zAdd('z', [{ score: 1.5, value: 'm' }]);
    const results = await client.multi().hGetAll('h').zScore('z', 'm').xAdd('x', '1-1', { f: 'v' }).exec();
    await client.publish('news.today', 'hello');

    expect(results).toEqual([{ a: '1', b: '2' }, 1.5, '1-1']);
    await expect.poll(() => heard).toEqual(['news.today: hello']);
    expect(await client.eval('return {KEYS[1], ARGV[1], 7}', { keys: ['k'], arguments: ['v'] })).toEqual([
      'k',
      'v',
      7,
    ]);
    const keys: string[] = [];
    for await (const page of client.scanIterator({ COUNT: 2 })) keys.push(...page);
    expect(keys.toSorted()).toEqual(['h', 'x', 'z']);
  });
});
