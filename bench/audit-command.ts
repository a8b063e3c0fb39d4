import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AuditDepth } from '../src/model/audit-report.ts';
import { AuditReport } from '../src/model/audit-report.ts';
import { bareVisit } from './bare-visit.ts';
import type { Confusion } from './fleet-confusion.ts';
import { judgeReport, printConfusion } from './fleet-confusion.ts';
import { fleetAddress, fleetTruth } from './fleet-truth.ts';
import { inPool, printRun } from './in-pool.ts';
import { startFleet } from './start-fleet.ts';

const BARE_WIDTH = 64;
const LOOK_MS = 100;
/** Of /proc/PID/stat, on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;
const Told = AuditReport.pick({ target: true, outcome: true, axes: true, server: true });

/**
 * The command line as an operator calls it, its NDJSON in a file: time from start to exit, CPU and peak memory of the
 * process with all its threads. `more` are further words for it, such as `--out FILE.html`.
 */
export async function benchCommand(count: number, depth: AuditDepth, more: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-bench-'));
  const fleet = await startFleet();
  try {
    const bare = await inPool(count, BARE_WIDTH, (index) => bareVisit(fleetAddress(index), fleet.port));
    printRun('bare', count, bare);
    const targets = join(folder, 'targets');
    writeFileSync(
      targets,
      blocks(count)
        .map((block) => `${block}:${fleet.port}\n`)
        .join(''),
    );
    const out = join(folder, 'out.ndjson');
    const built = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
    const main = existsSync(built) ? built : join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
    const words = ['audit', '--targets', targets, '--depth', depth, '--ndjson', '--data', folder, ...more];
    const began = performance.now();
    const command = spawn(process.execPath, [main, ...words], {
      stdio: ['ignore', openSync(out, 'w'), 'ignore'],
    });
    const peak = { bytes: 0, cpuSeconds: 0 };
    const timer = setInterval(() => look(command.pid, peak), LOOK_MS);
    const [code] = (await once(command, 'exit')) as [number | null];
    clearInterval(timer);
    const seconds = (performance.now() - began) / 1_000;
    console.log(
      `sundew audit ${depth} (${main.endsWith('.js') ? 'built' : 'from source'}), exit ${code}:`,
      `${count} servers in ${seconds.toFixed(2)} s, ${Math.round(count / seconds)} a second,`,
      `CPU ${((peak.cpuSeconds * 1_000) / count).toFixed(3)} ms a server, at most ${Math.round(peak.bytes / 1e6)} MB`,
    );
    await compare(out, count, depth);
  } finally {
    await fleet.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first `count` addresses of the fleet, as blocks. */
function blocks(count: number): string[] {
  const found: string[] = [];
  for (let at = 0, bit = 16; bit >= 0; bit--) {
    for (; count - at >= 2 ** bit; at += 2 ** bit) found.push(`${fleetAddress(at)}/${32 - bit}`);
  }
  return found;
}

function look(pid: number | undefined, peak: { bytes: number; cpuSeconds: number }): void {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    peak.bytes = Math.max(peak.bytes, Number(kilobytes ?? 0) * 1_024);
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    peak.cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    // It has ended.
  }
}

async function compare(path: string, count: number, depth: AuditDepth): Promise<void> {
  const confusion: Confusion = { right: 0, wrong: 0, table: new Map() };
  let reports = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const report = Told.parse(JSON.parse(line));
    const [host = ''] = report.target.replace('redis://', '').split(':');
    judgeReport(confusion, report, fleetTruth(host), depth);
    reports++;
  }
  console.log(`${reports} reports of ${count}`);
  printConfusion(confusion);
}
