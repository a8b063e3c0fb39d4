import type { Style } from '../outputs/style.ts';
import { coloured, plain } from '../outputs/style.ts';

/** Where a command speaks: results on stdout, everything else on stderr. */
export interface Terminal {
  /** Resolves when the reader has kept up, so that a long list never piles up in memory. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Redraws one status line on stderr; says nothing where stderr is not a terminal. */
  status(line: string): void;
  /** Somebody watches stderr. */
  readonly interactive: boolean;
  /** Colours on stdout, on stderr. */
  readonly colour: { readonly out: boolean; readonly err: boolean };
  /** Columns of stdout; 0 where it is no terminal and lines may be as long as they like. */
  readonly width: number;
}

export function processTerminal(): Terminal {
  const colour = (stream: NodeJS.WriteStream): boolean =>
    process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb' && stream.isTTY;
  const statusShown = process.stderr.isTTY;
  let drawn = false;
  const clear = (): void => {
    if (drawn) process.stderr.write('\r\u001B[K');
    drawn = false;
  };
  // `sundew events | head` closes the pipe early: that is the reader's right, not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 5));
  return {
    out: (text) => {
      clear();
      return new Promise((resolve) => {
        if (process.stdout.write(text)) resolve();
        else process.stdout.once('drain', resolve);
      });
    },
    err: (text) => {
      clear();
      process.stderr.write(text);
    },
    status: (line) => {
      if (!statusShown) return;
      clear();
      if (line === '') return;
      process.stderr.write(line);
      drawn = true;
    },
    interactive: statusShown,
    colour: { out: colour(process.stdout), err: colour(process.stderr) },
    width: process.stdout.isTTY ? process.stdout.columns : 0,
  };
}

/** Colours where a terminal that can show them reads, and NO_COLOR is not set. */
export function styleFor({ colour }: Terminal, stream: 'out' | 'err'): Style {
  return colour[stream] ? coloured : plain;
}
