import { errorReply } from '../wire/resp-reply.ts';
import type { Call, Handler } from './command.ts';
import { argument } from './command.ts';

/** A subcommand with the words it takes, itself included; negative for "at least", as in the command table. */
export interface Subcommand {
  readonly words: number;
  readonly run: Handler;
}

/** A container command: CONFIG, CLIENT, ... with the 6.0 wording for a subcommand that is unknown or malformed. */
export function container(subcommands: Readonly<Record<string, Subcommand>>, end = '.'): Handler {
  return (call: Call) => {
    const found = Object.hasOwn(subcommands, argument(call, 1).toLowerCase())
      ? subcommands[argument(call, 1).toLowerCase()]
      : undefined;
    const given = call.argv.length - 1;
    if (found !== undefined && (found.words < 0 ? given >= -found.words : given === found.words)) {
      return found.run(call);
    }
    return errorReply(
      `ERR Unknown subcommand or wrong number of arguments for '${argument(call, 1).slice(0, 128)}'. Try ${argument(call, 0).toUpperCase()} HELP${end}`,
    );
  };
}
