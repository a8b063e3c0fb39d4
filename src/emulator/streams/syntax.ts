import type { ByteString } from '../../model/bytes.ts';
import { untilNul } from '../c-string.ts';
import type { Call } from '../command.ts';
import { argument } from '../command.ts';
import { since } from '../version.ts';

/** The error of a container that cannot make sense of the words after a subcommand. */
export function subcommandSyntax(call: Call): ByteString {
  const start = since(call, 7) ? 'unknown' : 'Unknown';
  const word = argument(call, 1).slice(0, 128);
  return `ERR ${start} subcommand or wrong number of arguments for '${word}'. Try ${argument(call, 0).toUpperCase()} HELP.`;
}

export const noGroupOfKey = (key: ByteString, group: ByteString): ByteString =>
  `NOGROUP No such consumer group '${untilNul(group)}' for key name '${untilNul(key)}'`;

export const noKeyOrGroup = (key: ByteString, group: ByteString): ByteString =>
  `NOGROUP No such key '${untilNul(key)}' or consumer group '${untilNul(group)}'`;
