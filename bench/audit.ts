// How many servers a second the audit takes, and what it gets wrong, beside the bare machine that connects and asks
// PING and INFO: node bench/audit.ts [SERVERS] [DEPTH] [CONCURRENCY]
//
// The servers are one process on all loopback addresses, each with a version, keys and an infection of its own (or none)
// that this process knows; see fleet-truth.ts and serve-fleet.ts. Both share the machine.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { auditServer } from '../src/audit/audit-server.ts';
import { AuditDepth } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import type { RealRedis } from '../test/peers/redis-server.ts';
import { startRedis } from '../test/peers/redis-server.ts';
import { shippedKnowledge } from '../test/peers/shipped-knowledge.ts';
import { fillModel } from './fleet-models.ts';
import { fleetAddress, fleetTruth } from './fleet-truth.ts';
import { serveFleet } from './serve-fleet.ts';

interface Run {
  readonly seconds: number;
  readonly times: readonly number[];
  readonly peakBytes: number;
  readonly cpuSeconds: number;
}

/** Does `work` for every index, `width` at a time, and takes the time of each. */
async function inPool(count: number, width: number, work: (index: number) => Promise<void>): Promise<Run> {
  const times: number[] = [];
  let next = 0;
  let peakBytes = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const worker = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      const start = performance.now();
      await work(index);
      times.push(performance.now() - start);
      if (index % 500 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    times: times.toSorted((one, other) => one - other),
    peakBytes,
    cpuSeconds: (user + system) / 1e6,
  };
}

/** The bare machine: a connection, PING and INFO in one write, and the end. */
function bareVisit(host: string, port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    let seen = 0;
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.write('*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nINFO\r\n');
    socket.on('data', (chunk) => {
      seen += chunk.length;
      // +PONG and a bulk, or two refusals: what is there at the end of a line is all of it.
      if (seen > 40 && chunk.at(-1) === 10) socket.destroy();
    });
  });
}

interface Confusion {
  right: number;
  wrong: number;
  readonly table: Map<string, number>;
}

function judge(confusion: Confusion, told: string, truth: string): void {
  const cell = `planted ${truth}, reported ${told}`;
  confusion.table.set(cell, (confusion.table.get(cell) ?? 0) + 1);
  if (told === truth) confusion.right += 1;
  else confusion.wrong += 1;
}

function print(name: string, count: number, run: Run): void {
  const part = (share: number): string => (run.times[Math.floor((count - 1) * share)] ?? 0).toFixed(0);
  console.log(
    name.padEnd(12),
    `${count} servers in ${run.seconds.toFixed(2)} s, ${Math.round(count / run.seconds)} a second,`,
    `CPU ${((run.cpuSeconds * 1_000) / count).toFixed(3)} ms a server,`,
    `p50 ${part(0.5)} ms, p99 ${part(0.99)} ms, at most ${Math.round(run.peakBytes / 1e6)} MB`,
  );
}

async function bench(count: number, depth: AuditDepth, concurrency: number): Promise<void> {
  const models: Record<'locked' | 'clean' | 'infected', RealRedis> = {
    locked: await startRedis('--requirepass', 'bench'),
    clean: await startRedis(),
    infected: await startRedis(),
  };
  for (const name of ['clean', 'infected'] as const) await fillModel(models[name].client, name);
  const ports = Object.values(models).map(({ port }) => String(port));
  const fleet = fork(import.meta.filename, ['serve', ...ports]);
  try {
    const [port] = (await once(fleet, 'message')) as [number];
    const knowledge = shippedKnowledge();
    print('bare', count, await inPool(count, concurrency, (index) => bareVisit(fleetAddress(index), port)));
    const confusion: Confusion = { right: 0, wrong: 0, table: new Map() };
    const run = await inPool(count, concurrency, async (index) => {
      const host = fleetAddress(index);
      const truth = fleetTruth(host);
      const report = await auditServer(
        { text: `redis://${host}:${port}`, host, port, tls: false },
        knowledge,
        {
          clock: systemClock,
          depth,
          eager: true,
        },
      );
      judge(confusion, toldBy(report.outcome, report.axes.infected.answer, depth), plantedIn(truth, depth));
      if (!truth.locked && depth !== 'L0')
        judge(confusion, `version ${report.server?.version}`, `version ${truth.version}`);
    });
    print(`audit ${depth}`, count, run);
    for (const [cell, times] of confusion.table) console.log(`  ${cell}: ${times}`);
    console.log(`right ${confusion.right}, wrong ${confusion.wrong}`);
  } finally {
    fleet.disconnect();
    for (const model of Object.values(models)) await model.stop();
  }
}

function plantedIn({ locked, infected }: { locked: boolean; infected: boolean }, depth: AuditDepth): string {
  if (locked) return 'locked';
  return infected && depth >= 'L4' ? 'infected' : 'open';
}

function toldBy(outcome: string, infected: string, depth: AuditDepth): string {
  if (outcome === 'auth-required') return 'locked';
  if (outcome !== 'audited') return outcome;
  return infected === 'yes' && depth >= 'L4' ? 'infected' : 'open';
}

const [mode = '2000', ...words] = process.argv.slice(2);
if (mode === 'serve') {
  const [locked = 0, clean = 0, infected = 0] = words.map(Number);
  await serveFleet({ locked, clean, infected });
} else {
  const count = Math.min(Math.max(1, Math.trunc(Number(mode))), 1_000_000);
  await bench(count, AuditDepth.parse(words[0] ?? 'L1'), Number(words[1] ?? 500));
}
