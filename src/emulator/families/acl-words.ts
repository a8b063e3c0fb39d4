import type { Call } from '../command.ts';
import { argument } from '../command.ts';
import { since } from '../version.ts';

/** The error of subcommands that look at their words themselves. */
export function wrongWords(call: Call): string {
  const unknown = since(call, 6.2) ? 'unknown' : 'Unknown';
  return `ERR ${unknown} subcommand or wrong number of arguments for '${argument(call, 1)}'. Try ACL HELP.`;
}
