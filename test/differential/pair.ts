import { loadPersona } from '../../src/emulator/persona.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { listenRedis } from '../../src/sensors/redis/sensor.ts';
import type { Line } from '../emulator-probes/line.ts';
import { openLine } from '../emulator-probes/line.ts';
import { memoryRecorder } from '../emulator-probes/memory-recorder.ts';
import type { RealRelease } from '../peers/real-servers.ts';
import { startReal } from '../peers/real-servers.ts';

/** Each persona with the server it was recorded from, and the persona whose COMMAND DOCS tell what its commands take. */
export const PAIRS: readonly {
  readonly release: RealRelease;
  readonly persona: string;
  readonly docs: string;
}[] = [
  { release: 'redis-6.0.16', persona: 'redis-6.0.16-debian-11', docs: 'redis-7.0.15-debian-12' },
  { release: 'redis-7.0.15', persona: 'redis-7.0.15-debian-12', docs: 'redis-7.0.15-debian-12' },
  { release: 'redis-8.0.2', persona: 'redis-8.0.2-debian-13', docs: 'redis-8.0.2-debian-13' },
  { release: 'valkey-8.1.1', persona: 'valkey-8.1.1-debian-13', docs: 'valkey-8.1.1-debian-13' },
];
/** What the personas of 7.0 and later show as `yes`, and real servers have off. */
const OPENED = ['enable-protected-configs', 'enable-debug-command', 'enable-module-command'];

export interface Pair {
  readonly ports: { readonly real: number; readonly sensor: number };
  readonly real: Line;
  readonly sensor: Line;
  readonly stop: () => Promise<void>;
}

/** A real server and a sensor with its persona, a connection to each. */
export async function startPair(release: RealRelease, persona: string): Promise<Pair> {
  const settings = release === 'redis-6.0.16' ? [] : OPENED.flatMap((name) => [`--${name}`, 'yes']);
  const real = await startReal(release, ...settings);
  // Not to be seen in CLIENT LIST.
  real.client.disconnect();
  const sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    persona: loadPersona(persona),
    recorder: memoryRecorder(),
    clock: systemClock,
    random: seededRandom(11),
  });
  const lines = { real: await openLine(real.port), sensor: await openLine(sensor.port) };
  return {
    ports: { real: real.port, sensor: sensor.port },
    ...lines,
    stop: async () => {
      lines.real.end();
      lines.sensor.end();
      await sensor.close();
      await real.stop();
    },
  };
}
