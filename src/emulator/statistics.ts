import type { World } from './world.ts';

/** What happened since the start, or since CONFIG RESETSTAT where the real server begins anew: INFO's counters. */
export interface Statistics {
  connections: number;
  rejected: number;
  commands: number;
  bytesIn: number;
  bytesOut: number;
  reads: number;
  writes: number;
  hits: number;
  misses: number;
  /** Error replies. */
  errors: number;
  /** Most bytes of memory at one time. */
  peak: number;
  evicted: number;
  /** Of the databases' own count: what RESETSTAT has taken off. */
  expiredBefore: number;
  expiredFields: number;
  /** RDB files and forks; they are never reset. */
  saves: number;
  forks: number;
  forkUsec: number;
  sanitized: number;
  /** Values that were freed by a thread in the background. */
  lazyFreed: number;
  denied: { auth: number; cmd: number; key: number; channel: number };
  /** Error replies by their first word. */
  readonly errorKinds: Map<string, number>;
  /** Calls that were refused before they ran, and that failed, by the command's name: `config|get`. */
  readonly refused: Map<string, number>;
  readonly failed: Map<string, number>;
  readonly rates: Rates;
}

/** Counters as they were when they were last looked at, and their growth in 16 spans of a tenth of a second. */
interface Rates {
  at: number;
  readonly last: Flow;
  readonly samples: Flow[];
}

interface Flow {
  commands: number;
  bytesIn: number;
  bytesOut: number;
}

export function createStatistics(now: number): Statistics {
  return {
    ...zero(),
    peak: 0,
    saves: 0,
    forks: 0,
    forkUsec: 0,
    denied: { auth: 0, cmd: 0, key: 0, channel: 0 },
    errorKinds: new Map(),
    refused: new Map(),
    failed: new Map(),
    rates: { at: now, last: { commands: 0, bytesIn: 0, bytesOut: 0 }, samples: [] },
  };
}

const zero = () => ({
  connections: 0,
  rejected: 0,
  commands: 0,
  bytesIn: 0,
  bytesOut: 0,
  reads: 0,
  writes: 0,
  hits: 0,
  misses: 0,
  errors: 0,
  evicted: 0,
  expiredBefore: 0,
  expiredFields: 0,
  sanitized: 0,
  lazyFreed: 0,
});

/** CONFIG RESETSTAT. The peak of memory stays what it was, except where memory is less now. */
export function resetStatistics(world: World): void {
  const { statistics, commands } = world;
  const { rates } = statistics;
  Object.assign(statistics, zero(), { denied: { auth: 0, cmd: 0, key: 0, channel: 0 } });
  statistics.expiredBefore = expiredKeys(world);
  statistics.errorKinds.clear();
  statistics.refused.clear();
  statistics.failed.clear();
  rates.samples.length = 0;
  Object.assign(rates.last, { commands: 0, bytesIn: 0, bytesOut: 0 });
  for (const command of commands.values()) {
    for (const one of [command, ...command.parts.values()]) {
      one.calls = 0;
      one.usec = 0;
      one.latencies = undefined;
    }
  }
}

/** Keys that went because their time was over, since the start. */
export function expiredKeys({ databases }: World): number {
  return databases.reduce((total, database) => total + database.expired, 0);
}

const SPAN_MS = 100;
const SPANS = 16;

/** Takes a sample when a tenth of a second has gone; what was done since the last one counts to the first span. */
export function sampleRates({ statistics }: World, now: number): void {
  const { rates } = statistics;
  const spans = Math.trunc((now - rates.at) / SPAN_MS);
  if (spans < 1) return;
  const { last, samples } = rates;
  rates.at = now;
  samples.push({
    commands: statistics.commands - last.commands,
    bytesIn: statistics.bytesIn - last.bytesIn,
    bytesOut: statistics.bytesOut - last.bytesOut,
  });
  const idle = { commands: 0, bytesIn: 0, bytesOut: 0 };
  for (let more = 1; more < Math.min(spans, SPANS + 1); more++) samples.push(idle);
  samples.splice(0, samples.length - SPANS);
  last.commands = statistics.commands;
  last.bytesIn = statistics.bytesIn;
  last.bytesOut = statistics.bytesOut;
}

/** A second's growth of a counter, over the last samples. */
export function ratePerSecond({ rates }: Statistics, of: keyof Flow): number {
  const total = rates.samples.reduce((sum, sample) => sum + sample[of], 0);
  return (total / SPANS) * (1_000 / SPAN_MS);
}
