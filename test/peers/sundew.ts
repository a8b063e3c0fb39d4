import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What one process has compiled, the next one need not: most of the time of a command that does little. */
const compiled = join(import.meta.dirname, '..', '..', '.cache', 'compiled');
const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** What has come on stdout and stderr so far. */
  out(): string;
  err(): string;
  /** Resolves with the first match on stdout; fails with everything said once the process ends or 20 s are over. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts the command line as its user would; `SUNDEW_DATA` has to be set, so that no test touches a real folder. */
export function startSundew(
  words: readonly string[],
  environment: { SUNDEW_DATA: string },
  input: 'ignore' | 'pipe' = 'ignore',
): Running {
  const child = spawn(process.execPath, [main, ...words], {
    env: { ...process.env, NO_COLOR: '1', NODE_COMPILE_CACHE: compiled, ...environment },
    stdio: [input, 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const closed = once(child, 'close');
  return {
    process: child,
    out: () => said.out,
    err: () => said.err,
    says: async (pattern) => {
      for (let waited = 0; waited < 20_000; waited += 20) {
        const found = pattern.exec(said.out);
        if (found) return found;
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`never said ${pattern}; stdout: ${said.out} stderr: ${said.err}`);
    },
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null) child.kill(signal);
      await closed;
      return { code: child.exitCode, ...said };
    },
  };
}

/** Runs the command line to its end. */
export async function sundew(words: readonly string[], environment: { SUNDEW_DATA: string }): Promise<Ended> {
  const running = startSundew(words, environment);
  if (running.process.exitCode === null) await once(running.process, 'close');
  return { code: running.process.exitCode, out: running.out(), err: running.err() };
}
