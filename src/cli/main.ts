#!/usr/bin/env node
import { systemClock } from '../platform/clock.ts';
import { packagedText } from '../platform/files.ts';
import { systemRandom } from '../platform/random.ts';
import { Exit } from './exit.ts';
import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(Exit.partial);
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
