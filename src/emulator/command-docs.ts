import type { ByteString } from '../model/bytes.ts';
import type { RespVersion } from '../wire/resp-reply.ts';
import { array, bulk, bulks, integer, map, set, simpleString } from '../wire/resp-reply.ts';
import { commandSummary } from './command-summaries.ts';
import type { DocArgument, PersonaCommand } from './persona-command.ts';

/** What a change in an earlier release is called: which one it was, the documentation tells. */
const CHANGED = 'Changed in this release.';

/** The name and the map of one command in the reply to COMMAND DOCS. The sentences are Sundew's own. */
export function commandDocs(
  command: PersonaCommand,
  resp: RespVersion,
  ordered: (commands: readonly PersonaCommand[]) => readonly PersonaCommand[],
): readonly [ByteString, ByteString] {
  const { docFlags, history = [], arguments: args = [], subcommands = [] } = command;
  const pairs = [
    ...texts({
      // A module's command has none.
      summary: command.module === undefined ? commandSummary(command.name) : undefined,
      since: command.since,
      group: command.group,
      complexity: command.complexity,
      module: command.module,
    }),
    ...(docFlags === undefined ? [] : [bulk('doc_flags'), set(docFlags.map(simpleString), resp)]),
    ...texts({ deprecated_since: command.deprecatedSince, replaced_by: command.replacedBy }),
    ...(history.length === 0
      ? []
      : [
          bulk('history'),
          set(
            history.map((release) => bulks([release, CHANGED])),
            resp,
          ),
        ]),
    ...(args.length === 0
      ? []
      : [bulk('arguments'), array(args.map((one) => argumentDocs(command.name, one, resp)))]),
    ...(subcommands.length === 0
      ? []
      : [
          bulk('subcommands'),
          map(
            ordered(subcommands).flatMap((one) => commandDocs(one, resp, ordered)),
            resp,
          ),
        ]),
  ];
  return [bulk(command.name), map(pairs, resp)];
}

function argumentDocs(command: string, argument: DocArgument, resp: RespVersion): ByteString {
  const { flags, arguments: inner = [], keySpec } = argument;
  const pairs = [
    ...texts({ name: argument.name, type: argument.type, display_text: argument.displayText }),
    ...(keySpec === undefined ? [] : [bulk('key_spec_index'), integer(keySpec)]),
    ...texts({
      token: argument.token,
      summary: argument.noted === true ? commandSummary(`${command} ${argument.name}`) : undefined,
      since: argument.since,
      deprecated_since: argument.deprecatedSince,
    }),
    ...(flags === undefined ? [] : [bulk('flags'), set(flags.map(simpleString), resp)]),
    ...(inner.length === 0
      ? []
      : [bulk('arguments'), array(inner.map((one) => argumentDocs(command, one, resp)))]),
  ];
  return map(pairs, resp);
}

function texts(fields: Readonly<Record<string, string | undefined>>): ByteString[] {
  return Object.entries(fields).flatMap(([name, text]) =>
    text === undefined ? [] : [bulk(name), bulk(text)],
  );
}
