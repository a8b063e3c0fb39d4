import { readFileSync } from 'node:fs';
import type { AuditTarget } from '../../audit/ask/target.ts';
import { parseTarget } from '../../audit/ask/target.ts';
import { Complaint } from '../exit.ts';

/** One server to look at, or a line that names none. */
export type Wanted = AuditTarget | { readonly text: string; readonly fault: string };

const MOST_TARGETS = 1_000_000;

/**
 * The targets of the command line, then those of a file: one a line, `#` begins a comment. A bad word on the command
 * line is a complaint; a bad line of a file is reported with the others and the rest goes on. What is named twice is
 * there once: `repeated` says how often that was so.
 */
export function wantedTargets(
  words: readonly string[],
  file: string | undefined,
): { readonly wanted: readonly Wanted[]; readonly repeated: number } {
  const named = words.map((word) => {
    const target = parseTarget(word);
    if ('fault' in target) {
      throw new Complaint(target.fault, 'For TLS write rediss://, for many servers --targets FILE.');
    }
    return withPassword(target);
  });
  const all = [...named, ...(file === undefined ? [] : fileTargets(file))];
  const once = new Map(all.map((one) => [identity(one), one]));
  return { wanted: [...once.values()], repeated: all.length - once.size };
}

/** The same server, seen with the same rights. */
function identity(one: Wanted): string {
  if ('fault' in one) return JSON.stringify([one.text]);
  const { tls, host, port, db, user, password } = one;
  return JSON.stringify([tls, host.toLowerCase(), port, db, user, password]);
}

function fileTargets(file: string): Wanted[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    throw new Complaint(
      `${file} cannot be read (${code}).`,
      'Name a file with one redis://HOST:PORT a line.',
    );
  }
  const lines = text.split(/\r?\n/, MOST_TARGETS + 1).map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  if (lines.length > MOST_TARGETS) {
    throw new Complaint(
      `${file} has more than ${MOST_TARGETS} lines.`,
      'Split it, and run one part after the other.',
    );
  }
  return lines.flatMap((line, index): Wanted[] => {
    if (line === '') return [];
    const target = parseTarget(line);
    return 'fault' in target
      ? [{ text: `${file}:${index + 1}`, fault: target.fault }]
      : [withPassword(target)];
  });
}

/** REDISCLI_AUTH, as redis-cli reads it: a password that is not in the list of processes. */
function withPassword(target: AuditTarget): AuditTarget {
  const password = process.env['REDISCLI_AUTH'];
  return target.password !== undefined || password === undefined || password === ''
    ? target
    : { ...target, password };
}
