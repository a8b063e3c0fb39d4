// How fast a sensor with a journal answers, as a ratio to redis-server in the same run: node bench/sensor.ts [ROUNDS]
//
// The sensor runs in a process of its own, so that it does not share its turns with the bench. Rounds are interleaved
// and the figures are medians: on a shared machine only the ratio means something.

import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '../test/peers/redis-server.ts';
import { serveSensor } from './serve-sensor.ts';

const CLIENTS = '50';
const TESTS = 'ping_inline,ping_mbulk,set,get';
const RUNS = [
  { pipeline: '1', requests: '100000' },
  { pipeline: '16', requests: '1000000' },
] as const;

/** Requests a second by test. */
function benchmark(port: number, { pipeline, requests }: (typeof RUNS)[number]): Map<string, number> {
  const words = ['-p', String(port), '-c', CLIENTS, '-n', requests, '-P', pipeline, '-t', TESTS, '--csv'];
  const lines = execFileSync('redis-benchmark', words, { encoding: 'utf8' }).trim().split('\n');
  return new Map(
    lines.slice(1).map((line) => {
      const [name = '', rate = '0'] = line.split(',').map((cell) => cell.replaceAll('"', ''));
      return [name, Number(rate)];
    }),
  );
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.trunc(numbers.length / 2)] ?? 0;
}

async function compare(rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-bench-'));
  const child = fork(import.meta.filename, ['serve', folder]);
  const [port] = (await once(child, 'message')) as [number];
  const real = await startRedis();
  console.log('test'.padEnd(22), 'redis-server/s', 'sensor/s', 'ratio (least-most)');
  for (const run of RUNS) {
    const rows = new Map<string, { real: number[]; sensor: number[]; ratio: number[] }>();
    for (let round = 0; round < rounds; round++) {
      const [theirs, ours] = [benchmark(real.port, run), benchmark(port, run)];
      for (const [name, rate] of ours) {
        const row = rows.get(name) ?? { real: [], sensor: [], ratio: [] };
        const other = theirs.get(name) ?? 0;
        row.real.push(other);
        row.sensor.push(rate);
        row.ratio.push(rate / other);
        rows.set(name, row);
      }
    }
    for (const [name, row] of rows) {
      const spread = [Math.min(...row.ratio), Math.max(...row.ratio)].map((one) => one.toFixed(2)).join('-');
      console.log(
        `${name} -P ${run.pipeline}`.padEnd(22),
        String(Math.round(median(row.real))).padStart(14),
        String(Math.round(median(row.sensor))).padStart(8),
        `${median(row.ratio).toFixed(2)} (${spread})`,
      );
    }
  }
  child.disconnect();
  await once(child, 'exit');
  await real.stop();
  rmSync(folder, { recursive: true, force: true });
}

const [mode = '3', folder = ''] = process.argv.slice(2);
if (mode === 'serve') await serveSensor(folder);
else await compare(Number(mode));
