import type { Command } from 'commander';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Exit } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** What every command is handed. */
export interface Context {
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
  /** Aborts on the first SIGINT or SIGTERM; a second one ends the process. */
  readonly signal: AbortSignal;
}

/** Adds a subcommand; its action says how it ended with `end` (fine, when it says nothing). */
export type AddCommand = (program: Command, context: Context, end: (exit: Exit) => void) => void;
