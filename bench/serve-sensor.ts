import { openJournal } from '../src/journal/journal.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';
import type { SensorLimits } from '../src/sensors/redis/limits.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';

/** For a child process: a sensor with a journal on any port, told to the parent, that ends with it. */
export async function serveSensor(folder: string, limits: Partial<SensorLimits> = {}): Promise<void> {
  const journal = await openJournal({ folder, clock: systemClock, random: systemRandom });
  const sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'bench',
    recorder: journal,
    clock: systemClock,
    random: systemRandom,
    limits,
  });
  process.send?.(sensor.port);
  process.once('disconnect', () => {
    void sensor.close().then(async () => {
      await journal.close();
      process.exit(0);
    });
  });
}
