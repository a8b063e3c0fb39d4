import { printableText } from '../model/printable.ts';
import { durationText } from '../outputs/times.ts';
import type { Clock } from '../platform/clock.ts';
import type { Terminal } from './terminal.ts';

const BAR = 24;
const REDRAW_MS = 100;

/** A bar on a terminal; elsewhere a line at each tenth, so that a log of a long job is not silent. */
export interface Progress {
  step(note: string): void;
  end(): void;
}

export function createProgress(
  terminal: Terminal,
  clock: Clock,
  total: number,
  interactive: boolean,
): Progress {
  const started = clock.monotonic();
  let done = 0;
  let drawn = -Infinity;
  let tenth = 0;
  return {
    step: (note) => {
      done++;
      const now = clock.monotonic();
      if (!interactive) {
        const reached = Math.floor((done * 10) / total);
        if (reached > tenth && total >= 10) terminal.err(`${done} of ${total} servers, ${note}\n`);
        tenth = reached;
        return;
      }
      if (now - drawn < REDRAW_MS && done < total) return;
      drawn = now;
      const full = Math.round((done / total) * BAR);
      const left = ((now - started) / done) * (total - done);
      terminal.status(
        `[${'#'.repeat(full)}${'-'.repeat(BAR - full)}] ${done} of ${total}, ${note}, ${durationText(left)} left`,
      );
    },
    end: () => terminal.status(''),
  };
}

/** Bytes of one file as they are read; drawn on a terminal only. */
export function createByteProgress(
  terminal: Terminal,
  clock: Clock,
  name: string,
): { readonly at: (done: number, size: number | undefined) => void; readonly end: () => void } {
  let drawn = -Infinity;
  return {
    at: (done, size) => {
      const now = clock.monotonic();
      if (!terminal.interactive || now - drawn < REDRAW_MS) return;
      drawn = now;
      const share =
        size === undefined || size === 0
          ? ''
          : ` of ${megabytes(size)} (${Math.floor((done / size) * 100)} %)`;
      terminal.status(`reading ${printableText(name, 60)}: ${megabytes(done)}${share}`);
    },
    end: () => terminal.status(''),
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
