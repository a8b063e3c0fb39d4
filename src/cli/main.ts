#!/usr/bin/env node
import { systemClock } from '../platform/clock.ts';
import { packagedText } from '../platform/files.ts';
import { systemRandom } from '../platform/random.ts';
import { Exit } from './exit.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

const stop = new AbortController();
/** A terminal signals the whole process group and npm's script passes it on: the echo is not a second wish. */
const ECHO_MS = 1_000;
let firstSignal: number | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const now = systemClock.monotonic();
    if (firstSignal !== undefined && now - firstSignal > ECHO_MS) process.exit(Exit.partial);
    firstSignal ??= now;
    stop.abort();
  });
}

const { version } = JSON.parse(packagedText('package.json')) as { version: string };
process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: processTerminal(),
  clock: systemClock,
  random: systemRandom,
  version,
  signal: stop.signal,
});
