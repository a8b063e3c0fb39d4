import { isLoopback } from '../../audit/scope/own-networks.ts';
import type { Terminal } from '../terminal.ts';
import type { AuditRunSummary } from './run.ts';
import type { Placed } from './scope.ts';

/** Counts what gets no report, and says so at the end: a run of many servers must not fill the screen. */
export interface RunNotes {
  skipped(): void;
  optedOut(target: string, where: string): void;
  refused(target: string, because: string): void;
  /** An authorisation allows less than was asked for; said once each. */
  lowered(key: string, line: string): void;
  dialled(at: Placed | undefined): void;
  /** False when this target was here before. */
  first(target: string): boolean;
  /** @param head the file of the log and its last chain; @param line something else to say, now. */
  say(head: { readonly file: string; readonly chain: string } | undefined, line?: string): void;
  summary(): AuditRunSummary;
}

const MOST_LINES = 20;

export function createRunNotes({ err }: Pick<Terminal, 'err'>): RunNotes {
  let skipped = 0;
  let optedOut = 0;
  let refused = 0;
  let anyOptOut = '';
  let anyRefused = '';
  let beyond = false;
  const told = new Set<string>();
  const seen = new Set<string>();
  return {
    skipped: () => {
      skipped++;
    },
    optedOut: (target, where) => {
      optedOut++;
      anyOptOut ||= `${target} by ${where}`;
    },
    refused: (target, because) => {
      refused++;
      anyRefused ||= `${target}: ${because}`;
    },
    lowered: (key, line) => {
      if (told.has(key) || told.size >= MOST_LINES) return;
      told.add(key);
      err(`sundew: ${line}.\n`);
    },
    dialled: (at) => {
      if (at !== undefined && !('fault' in at) && !isLoopback(at.where)) beyond = true;
    },
    first: (target) => {
      if (seen.has(target)) return false;
      seen.add(target);
      return true;
    },
    say: (head, line) => {
      if (line !== undefined) {
        err(`sundew: ${line}\n`);
        return;
      }
      if (skipped > 0) err(`sundew: ${skipped} were done before, and not asked again.\n`);
      if (optedOut > 0) err(`sundew: ${optedOut} opted out and were not asked (${anyOptOut}).\n`);
      if (refused > 0)
        err(`sundew: ${refused} lie outside of the scope and were not asked (${anyRefused}).\n`);
      if (head !== undefined && beyond)
        err(`sundew: what was sent is in ${head.file}, which ends with chain ${head.chain}.\n`);
    },
    summary: () => ({ skipped, optedOut, refused }),
  };
}
