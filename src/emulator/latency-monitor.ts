import type { World } from './world.ts';

interface LatencySample {
  /** Seconds since 1970 UTC. */
  readonly at: number;
  ms: number;
}

/** The samples of one event, oldest first; those of one second are one. */
export interface LatencyEvent {
  readonly samples: LatencySample[];
  most: number;
  sum: number;
  count: number;
}

const MOST_SAMPLES = 160;

/** Notes what took as long as `latency-monitor-threshold` says; 0 turns it off. */
export function noteLatency(world: World, event: string, ms: number): void {
  const threshold = Number(world.config.get('latency-monitor-threshold') ?? 0);
  if (threshold === 0 || ms < threshold) return;
  const known = world.latencies.get(event) ?? { samples: [], most: 0, sum: 0, count: 0 };
  world.latencies.set(event, known);
  known.most = Math.max(known.most, ms);
  known.sum += ms;
  known.count++;
  const at = Math.trunc(world.clock.now() / 1_000);
  const last = known.samples.at(-1);
  if (last?.at === at) last.ms = Math.max(last.ms, ms);
  else known.samples.push({ at, ms });
  if (known.samples.length > MOST_SAMPLES) known.samples.shift();
}
