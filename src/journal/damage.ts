import { basename } from 'node:path';
import { printableText } from '../model/printable.ts';

/** Something in the journal that could not be read. */
export interface Damage {
  /** Path of the file, or of the folder when that cannot be read. */
  file: string;
  /** Counted from 1; 0 when the file cannot be read at all. */
  line: number;
  /** For the operator: file, line, what is wrong. */
  message: string;
}

/** Tells damage of one file; neighbouring bad lines are told as one, or a burst of noise would drown the screen. */
export interface DamageReport {
  badLine(line: number, fault: string): void;
  /** A good line came, or the end. */
  settle(): void;
  unreadable(reason: string): void;
}

export function reportDamage(file: string, onDamage: (damage: Damage) => void): DamageReport {
  const name = printableText(basename(file));
  let run: { first: number; last: number; fault: string } | undefined;

  const settle = (): void => {
    if (run === undefined) return;
    const { first, last, fault } = run;
    run = undefined;
    const message =
      first === last
        ? `${name}, line ${first}: ${fault}; it is left out.`
        : `${name}, lines ${first} to ${last}: cannot be read (line ${first}: ${fault}); they are left out.`;
    onDamage({ file, line: first, message });
  };
  return {
    badLine: (line, fault) => {
      if (run?.last === line - 1) run.last = line;
      else {
        settle();
        run = { first: line, last: line, fault };
      }
    },
    settle,
    unreadable: (reason) => {
      settle();
      onDamage({ file, line: 0, message: `${name}: cannot be read (${printableText(reason, 300)}).` });
    },
  };
}
