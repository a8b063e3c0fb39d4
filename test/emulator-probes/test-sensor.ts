import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { seededRandom } from '../../src/platform/random.ts';
import type { SensorLimits } from '../../src/sensors/redis/limits.ts';
import type { RedisSensor } from '../../src/sensors/redis/sensor.ts';
import { listenRedis } from '../../src/sensors/redis/sensor.ts';
import type { Line } from './line.ts';
import { openLine } from './line.ts';
import type { MemoryRecorder } from './memory-recorder.ts';
import { memoryRecorder } from './memory-recorder.ts';

export interface TestSensor {
  readonly port: number;
  readonly recorder: MemoryRecorder;
  readonly sensor: RedisSensor;
  readonly visit: () => Promise<Line>;
}

/** A sensor on a free port that remembers what it saw; closed when the test is over, and its visitors with it. */
export async function testSensor(
  limits: Partial<SensorLimits> = {},
  host = '127.0.0.1',
): Promise<TestSensor> {
  const recorder = memoryRecorder();
  const sensor = await listenRedis({
    host,
    port: 0,
    name: 'test',
    recorder,
    clock: systemClock,
    random: seededRandom(7),
    limits,
  });
  const lines: Line[] = [];
  onTestFinished(async () => {
    for (const line of lines) line.end();
    await sensor.close();
  });
  return {
    port: sensor.port,
    recorder,
    sensor,
    visit: async () => {
      const line = await openLine(sensor.port);
      lines.push(line);
      return line;
    },
  };
}
