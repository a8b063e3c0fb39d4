// How many servers a second the audit takes, and what it gets wrong, beside the bare machine that connects and asks
// PING and INFO: node bench/audit.ts [SERVERS] [DEPTH] [CONCURRENCY], in this process and one thread;
// node bench/audit.ts command [SERVERS] [DEPTH] [WORDS...], the command line with these further words.
//
// The servers are one process on all loopback addresses, each with a version, keys and an infection of its own (or none)
// that this process knows; see fleet-truth.ts and serve-fleet.ts. Both share the machine.

import { auditServer } from '../src/audit/audit-server.ts';
import { AuditDepth } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import { shippedKnowledge } from '../test/peers/shipped-knowledge.ts';
import { benchCommand } from './audit-command.ts';
import { bareVisit } from './bare-visit.ts';
import type { Confusion } from './fleet-confusion.ts';
import { judgeReport, printConfusion } from './fleet-confusion.ts';
import { fleetAddress, fleetTruth } from './fleet-truth.ts';
import { inPool, printRun } from './in-pool.ts';
import { serveFleet } from './serve-fleet.ts';
import { startFleet } from './start-fleet.ts';

async function bench(count: number, depth: AuditDepth, concurrency: number): Promise<void> {
  const fleet = await startFleet();
  const { port } = fleet;
  try {
    const knowledge = shippedKnowledge();
    const bare = await inPool(count, concurrency, (index) => bareVisit(fleetAddress(index), port));
    printRun('bare', count, bare);
    const confusion: Confusion = { right: 0, wrong: 0, table: new Map() };
    const run = await inPool(count, concurrency, async (index) => {
      const host = fleetAddress(index);
      const target = { text: `redis://${host}:${port}`, host, port, tls: false };
      const report = await auditServer(target, knowledge, { clock: systemClock, depth, eager: true });
      judgeReport(confusion, report, fleetTruth(host), depth);
    });
    printRun(`audit ${depth}`, count, run);
    printConfusion(confusion);
  } finally {
    await fleet.stop();
  }
}

function servers(word = '2000'): number {
  return Math.min(Math.max(1, Math.trunc(Number(word))), 1_000_000);
}

const [mode = '2000', ...words] = process.argv.slice(2);
if (mode === 'serve') {
  const [locked = 0, clean = 0, infected = 0] = words.map(Number);
  await serveFleet({ locked, clean, infected });
} else if (mode === 'command') {
  const [count, depth, ...more] = words;
  await benchCommand(servers(count), AuditDepth.parse(depth ?? 'L1'), more);
} else {
  await bench(servers(mode), AuditDepth.parse(words[0] ?? 'L1'), Number(words[1] ?? 64));
}
