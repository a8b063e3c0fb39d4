import type { ByteString } from '../model/bytes.ts';
import { array, simpleString } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { isValkey, since } from './version.ts';

/** A subcommand as HELP shows it: how it is written, and what it does, in a line or more of our own words. */
export type HelpEntry = readonly [usage: string, ...about: string[]];

/** X HELP, in the form of the release. */
export function helpReply(call: Call, name: string, entries: readonly HelpEntry[]): ByteString {
  if (!since(call, 6.2)) {
    const lines = entries.map(([usage, ...about]) => `${usage} -- ${about.join(' ')}`);
    return lined([`${name} <subcommand> arg arg ... arg. Subcommands are:`, ...lines]);
  }
  const last = since(call, 7.2) || isValkey(call) ? 'Print this help.' : 'Prints this help.';
  const lines = [...entries, ['HELP', last] as const].flatMap(([usage, ...about]) => [
    usage,
    ...about.map((line) => `    ${line}`),
  ]);
  return lined([`${name} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`, ...lines]);
}

const lined = (lines: readonly string[]): ByteString => array(lines.map(simpleString));
