import type { Act, Cut, RedisCommand } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import type { CutArgument } from '../wire/request-decoder.ts';
import { cutOf } from './cut-of.ts';
import { meaningOf } from './meaning.ts';

/** What an observer knows beside the command itself. */
export interface CommandContext {
  readonly db: number;
  /** As CONFIG GET dir and dbfilename answered when the command ran. */
  readonly dir: ByteString;
  readonly dbfilename: ByteString;
  /** Arguments of which only the head came through the decoder. */
  readonly cut?: readonly CutArgument[];
}

export type CommandOutcome =
  | { readonly reply: 'ok' | 'none' }
  | { readonly reply: 'error'; readonly error: string };

/** Bytes of one argument that an event keeps; of the rest it keeps length and hash. */
export const KEPT_BYTES = 16_384;
/** Arguments that an event keeps. */
const KEPT_ARGUMENTS = 128;
const LONGEST_NAME = 128;
/** Commands whose first argument is a subcommand. */
const CONTAINERS = new Set(
  'acl client cluster command config debug function latency memory module object pubsub script slowlog xgroup xinfo'.split(
    ' ',
  ),
);

/** A command to acts: the command itself first, then what it means (values written, settings changed, ...). */
export function interpretCommand(
  argv: readonly ByteString[],
  outcome: CommandOutcome,
  context: CommandContext,
): Act[] {
  const { name, args } = commandName(argv);
  const offset = argv.length - args.length;
  const knownCuts = (context.cut ?? []).map((cut) => ({ ...cut, index: cut.index - offset }));
  const shortened = shorten(args.slice(0, KEPT_ARGUMENTS), knownCuts);
  const command: RedisCommand = {
    type: 'redis.command',
    name,
    args: shortened.args,
    db: context.db,
    reply: outcome.reply,
    ...(outcome.reply === 'error' ? { error: outcome.error.slice(0, 512) } : {}),
    ...(shortened.cut.length > 0 ? { cut: shortened.cut } : {}),
  };
  return [command, ...meaningOf(name, args, outcome.reply === 'ok', context, knownCuts)];
}

/** The name as `RedisCommand.name` has it, and the arguments behind it. */
export function commandName(argv: readonly ByteString[]): { name: string; args: readonly ByteString[] } {
  const name = (argv[0] ?? '').slice(0, LONGEST_NAME).toLowerCase();
  if (!CONTAINERS.has(name) || argv.length < 2) return { name, args: argv.slice(1) };
  return { name: `${name}|${(argv[1] ?? '').slice(0, LONGEST_NAME - 1).toLowerCase()}`, args: argv.slice(2) };
}

function shorten(args: readonly ByteString[], known: readonly Cut[]): { args: ByteString[]; cut: Cut[] } {
  const cut: Cut[] = [];
  const kept = args.map((argument, index) => {
    const before = known.find((one) => one.index === index);
    if (before !== undefined) cut.push(before);
    else if (argument.length > KEPT_BYTES) cut.push(cutOf(index, argument));
    return argument.length > KEPT_BYTES ? argument.slice(0, KEPT_BYTES) : argument;
  });
  return { args: kept, cut };
}
