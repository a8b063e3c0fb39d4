import { readFileSync } from 'node:fs';
import type { AuditTarget } from '../../audit/ask/target.ts';
import { parseTarget } from '../../audit/ask/target.ts';
import { serverKey } from '../../audit/scope/range-targets.ts';
import type { TargetRange } from '../../audit/scope/target-range.ts';
import { parseRange, rangeSize } from '../../audit/scope/target-range.ts';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';
import { inventoryTargets } from './inventory-file.ts';

/** One server to look at, or a line that names none. */
export type Wanted = AuditTarget | { readonly text: string; readonly fault: string };

/** All that is to be looked at: servers that are written out, and ranges that stand for many. */
export interface WantedServers {
  readonly named: readonly Wanted[];
  readonly ranges: readonly TargetRange[];
  /** Undefined: ranges are gone through address after address. */
  readonly seed: number | undefined;
  /** Servers; what overlapping ranges hold twice counts twice. */
  readonly total: number;
  /** Named more than once. */
  readonly repeated: number;
  /** What the exports left out, for stderr. */
  readonly notes: readonly string[];
}

export interface TargetSources {
  readonly words: readonly string[];
  /** `--targets`. */
  readonly file?: string | undefined;
  /** `--inventory`, each. */
  readonly inventories?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}

const MOST_TARGETS = 1_000_000;
/** A /8 of one port. */
const MOST_SERVERS = 16_777_216;
const MOST_RANGES = 10_000;

/**
 * The targets of the command line, then those of a file (one a line, `#` begins a comment), then those of exports. A bad
 * word on the command line is a complaint; a bad line of a file is reported with the others and the rest goes on.
 */
export function wantedServers({ words, file, inventories = [], seed }: TargetSources): WantedServers {
  const ranges: TargetRange[] = [];
  const named: Wanted[] = [];
  const notes: string[] = [];
  for (const word of words) {
    const read = readWord(word);
    if ('fault' in read)
      throw new Complaint(read.fault, 'For TLS write rediss://, for many servers --targets FILE.');
    if ('block' in read) ranges.push(read);
    else named.push(read);
  }
  for (const one of file === undefined ? [] : fileTargets(file)) {
    if ('block' in one) ranges.push(one);
    else named.push(one);
  }
  for (const path of inventories) {
    const { targets, notes: told } = inventoryTargets(path, MOST_TARGETS);
    named.push(...targets);
    notes.push(...told);
  }
  const once = new Map(named.map((one) => [identity(one), one]));
  const distinct = new Map(ranges.map((one) => [one.text, one]));
  const total = [...distinct.values()].reduce((sum, one) => sum + rangeSize(one), once.size);
  if (total > MOST_SERVERS || distinct.size > MOST_RANGES) {
    throw new Complaint(
      total > MOST_SERVERS
        ? `These ranges stand for ${total} servers; ${MOST_SERVERS} (a /8 of IPv4, a /104 of IPv6) are the most.`
        : `More than ${MOST_RANGES} ranges.`,
      'Ask a part of them, and then the next.',
    );
  }
  return {
    named: [...once.values()],
    ranges: [...distinct.values()],
    seed,
    total,
    repeated: named.length - once.size + ranges.length - distinct.size,
    notes,
  };
}

/** Only servers that are written out, with the password of the environment, for commands that ask a few. */
export function wantedTargets(
  words: readonly string[],
  file: string | undefined,
): { readonly wanted: readonly Wanted[]; readonly repeated: number } {
  const { named, ranges, repeated } = wantedServers({ words, file });
  const [range] = ranges;
  if (range !== undefined)
    throw new Complaint(
      `${range.text} is a range.`,
      'This command asks one server after the other: name them.',
    );
  return { wanted: named.map((one) => ('fault' in one ? one : withPassword(one))), repeated };
}

/** `address:port` of all that are written out, so that ranges pass them over. */
export function namedServers(named: readonly Wanted[]): ReadonlySet<string> {
  return new Set(named.flatMap((one) => ('fault' in one ? [] : [serverKey(one)])));
}

/** The same server, seen with the same rights. */
function identity(one: Wanted): string {
  if ('fault' in one) return JSON.stringify([one.text]);
  const { tls, host, port, db, user, password, socket, sentinel } = one;
  return JSON.stringify([tls, host.toLowerCase(), port, db, user, password, socket, sentinel]);
}

function readWord(word: string): AuditTarget | TargetRange | { readonly fault: string } {
  return parseRange(word) ?? parseTarget(word);
}

function fileTargets(file: string): (Wanted | TargetRange)[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = errorCode(error) ?? 'error';
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
  return lines.flatMap((line, index): (Wanted | TargetRange)[] => {
    if (line === '') return [];
    const read = readWord(line);
    return 'fault' in read ? [{ text: `${file}:${index + 1}`, fault: read.fault }] : [read];
  });
}

/** REDISCLI_AUTH, as redis-cli reads it: a password that is not in the list of processes. */
function withPassword(target: AuditTarget): AuditTarget {
  const password = process.env['REDISCLI_AUTH'];
  return target.password !== undefined || password === undefined || password === ''
    ? target
    : { ...target, password };
}
