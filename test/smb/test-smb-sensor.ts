import { onTestFinished } from 'vitest';
import type { Act } from '../../src/model/act.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Random } from '../../src/platform/random.ts';
import { seededRandom } from '../../src/platform/random.ts';
import type { SmbLimits } from '../../src/sensors/smb/limits.ts';
import { listenSmb } from '../../src/sensors/smb/sensor.ts';
import type { Line } from '../emulator-probes/line.ts';
import { openLine } from '../emulator-probes/line.ts';
import type { MemoryRecorder } from '../emulator-probes/memory-recorder.ts';
import { memoryRecorder } from '../emulator-probes/memory-recorder.ts';

export interface TestSmbSensor {
  readonly port: number;
  readonly recorder: MemoryRecorder;
  readonly visit: () => Promise<Line>;
  /** Sends these bytes, waits until the sensor has taken them, and leaves; what was recorded. */
  readonly say: (...frames: readonly Buffer[]) => Promise<Act[]>;
}

/** A sensor on a free port that remembers what it saw; closed when the test is over, and its visitors with it. */
export async function testSmbSensor(
  limits: Partial<SmbLimits> = {},
  random: Random = seededRandom(7),
): Promise<TestSmbSensor> {
  const recorder = memoryRecorder();
  const sensor = await listenSmb({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    recorder,
    clock: systemClock,
    random,
    limits,
  });
  const lines: Line[] = [];
  onTestFinished(async () => {
    for (const line of lines) line.end();
    await sensor.close();
  });
  const visit = async (): Promise<Line> => {
    const line = await openLine(sensor.port);
    lines.push(line);
    return line;
  };
  return {
    port: sensor.port,
    recorder,
    visit,
    say: async (...frames) => {
      const before = recorder.sessions.length;
      const line = await visit();
      line.send(Buffer.concat(frames).toString('latin1'));
      line.finish();
      await line.gone();
      await recorder.ended(before + 1);
      return recorder.sessions[before]?.acts ?? [];
    },
  };
}
