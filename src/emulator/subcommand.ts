import type { ByteString } from '../model/bytes.ts';
import { errorReply } from '../wire/resp-reply.ts';
import type { Call, Handler } from './command.ts';
import { argument } from './command.ts';
import { since } from './version.ts';

/** A subcommand with the words it takes, itself included; negative for "at least", as in the command table. */
export interface Subcommand {
  readonly words: number;
  readonly run: Handler;
}

/**
 * A container command: CONFIG, CLIENT, ... Up to 6.2 it judges its own words; from 7.0 on the dispatcher has done so by
 * the persona's table. `end` closes the older sentence: some commands of 6.0 leave the full stop out.
 */
export function container(subcommands: Readonly<Record<string, Subcommand>>, end = '.'): Handler {
  const table = new Map(Object.entries(subcommands));
  return (call: Call) => {
    const found = table.get(argument(call, 1).toLowerCase());
    const given = call.argv.length - 1;
    if (found !== undefined && (found.words < 0 ? given >= -found.words : given === found.words)) {
      return found.run(call);
    }
    return errorReply(unknownSubcommand(call, argument(call, 0), end));
  };
}

/** The error for a word that a container does not know, or (up to 6.2) knows with other arguments. */
export function unknownSubcommand(
  call: Pick<Call, 'argv' | 'world'>,
  name: ByteString,
  end = '.',
): ByteString {
  const [word = ''] = (call.argv[1] ?? '').slice(0, 128).split('\0', 1);
  if (since(call, 7)) return `ERR unknown subcommand '${word}'. Try ${name.toUpperCase()} HELP.`;
  return `ERR Unknown subcommand or wrong number of arguments for '${word}'. Try ${name.toUpperCase()} HELP${end}`;
}
