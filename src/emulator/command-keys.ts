import type { ByteString } from '../model/bytes.ts';
import type { Command } from './command.ts';
import { countedKeys, keysByHand } from './command-keys-by-hand.ts';
import type { KeySpec } from './persona-command.ts';
import type { Level } from './version.ts';

/** An argument that is a key: its place, and what the command does with it, as GETKEYSANDFLAGS says. */
export interface FoundKey {
  readonly at: number;
  readonly flags: readonly string[];
}

/** True when the command can have keys at all. */
export function mayHaveKeys(command: Command): boolean {
  if (command.keySpecs === undefined)
    return command.keys[0] !== 0 || keysByHand(command, [], 6) !== undefined;
  return command.keySpecs.some(isKey);
}

/** Which arguments of a command are keys; none when the arguments make no sense. `argv` begins with the command. */
export function keysOf(command: Command, argv: readonly ByteString[], level: Level): readonly FoundKey[] {
  const specs = command.keySpecs;
  if (specs === undefined) return keysByHand(command, argv, level) ?? keysByRange(command, argv);
  // Flags that depend on the arguments are known to the search by hand alone.
  const varies = specs.some(({ flags }) => flags.includes('variable_flags'));
  const bySpecs = varies ? undefined : keysBySpecs(command, specs, argv);
  return (
    bySpecs ??
    keysByHand(command, argv, level) ??
    keysBySpecs(command, specs, argv) ??
    countedKeys(specs, argv)
  );
}

const isKey = ({ flags }: KeySpec): boolean => !flags.includes('not_key');

/** First, last and step of the table: how servers before 7.0 do it. */
function keysByRange({ keys: [first, last, step] }: Command, argv: readonly ByteString[]): FoundKey[] {
  const end = last < 0 ? argv.length + last : last;
  if (end >= argv.length) return [];
  const found: FoundKey[] = [];
  for (let at = first; at <= end; at += step) found.push({ at, flags: [] });
  return found;
}

/** Undefined when a specification does not say it all, or does not fit the arguments. */
function keysBySpecs(
  { arity }: Command,
  specs: readonly KeySpec[],
  argv: readonly ByteString[],
): FoundKey[] | undefined {
  const found: FoundKey[] = [];
  for (const spec of specs) {
    if (!isKey(spec)) continue;
    const begin = beginOf(spec.search, argv);
    if (begin === 'absent') continue;
    const range = begin === undefined ? undefined : rangeOf(spec.found, begin, argv);
    if (range === undefined || range.last >= argv.length || range.last < range.first) return undefined;
    for (let at = range.first; at <= range.last; at += range.step) {
      if (at < argv.length || arity > 0) found.push({ at, flags: spec.flags.filter(isShown) });
    }
    if (spec.flags.includes('incomplete')) return undefined;
  }
  return found;
}

const isShown = (flag: string): boolean => flag !== 'incomplete' && flag !== 'variable_flags';

function beginOf(search: KeySpec['search'], argv: readonly ByteString[]): number | 'absent' | undefined {
  if (search === 'unknown') return undefined;
  if ('index' in search) return search.index;
  const { keyword, from } = search;
  const [start, end, step] = from > 0 ? [from, argv.length - 1, 1] : [argv.length + from, 1, -1];
  for (let at = start; at !== end && at > 0 && at < argv.length; at += step) {
    if (argv[at]?.toLowerCase() === keyword.toLowerCase()) return at + 1;
  }
  return 'absent';
}

function rangeOf(
  found: KeySpec['found'],
  begin: number,
  argv: readonly ByteString[],
): { first: number; last: number; step: number } | undefined {
  if (found === 'unknown') return undefined;
  if ('countAt' in found) {
    const count = /^(?:0|[1-9]\d{0,8})$/.exec(argv[begin + found.countAt] ?? '')?.[0];
    if (count === undefined) return undefined;
    const first = begin + found.first;
    return { first, last: first + (Number(count) - 1) * found.step, step: found.step };
  }
  const { last, limit, step } = found;
  if (last >= 0) return { first: begin, last: begin + last, step };
  const end = limit <= 1 ? argv.length : begin + Math.trunc((argv.length - begin) / limit);
  return { first: begin, last: end + last, step };
}
