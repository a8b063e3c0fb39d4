import type { ByteString } from '../../model/bytes.ts';
import type { Command } from '../command.ts';
import type { FoundKey } from '../command-keys.ts';
import { keysOf, mayHaveKeys } from '../command-keys.ts';
import { globMatches } from '../glob.ts';
import type { CommandIndex } from './command-index.ts';
import { isAllowed } from './selector-rule.ts';
import type { Selector, User } from './user.ts';

/** Why a user may not: the command itself, or the argument that is a key or a channel. */
export interface Denial {
  readonly kind: 'command' | 'key' | 'channel';
  readonly at: number;
}

const WEIGHT = { command: 1, key: 2, channel: 3 } as const;

/** Undefined when one of the user's selectors allows it; else the denial that came closest. */
export function denialOf(
  user: User,
  command: Command,
  argv: readonly ByteString[],
  context: { readonly index: CommandIndex; readonly level: number },
): Denial | undefined {
  if (user.free) return undefined;
  let nearest: Denial = { kind: 'command', at: 0 };
  let found: readonly FoundKey[] | undefined;
  const keys = (): readonly FoundKey[] =>
    (found ??= mayHaveKeys(command) ? keysOf(command, argv, context.level) : []);
  for (const selector of user.selectors) {
    const denial = deniedBy(selector, command, argv, keys, context);
    if (denial === undefined) return undefined;
    const [weight, before] = [WEIGHT[denial.kind], WEIGHT[nearest.kind]];
    if (weight > before || (weight === before && denial.at > nearest.at)) nearest = denial;
  }
  return nearest;
}

function deniedBy(
  selector: Selector,
  command: Command,
  argv: readonly ByteString[],
  keys: () => readonly FoundKey[],
  context: { readonly index: CommandIndex; readonly level: number },
): Denial | undefined {
  // Who has not logged in has to be able to; 6.0 does not count HELLO.
  const open = context.level >= 7 ? command.flags.includes('no_auth') : command.name === 'auth';
  if (!open && !mayRun(selector, command, argv, context.index)) return { kind: 'command', at: 0 };
  if (!selector.everyKey) {
    const key = keys().find((one) => !mayTouch(selector, argv[one.at] ?? '', one));
    if (key !== undefined) return { kind: 'key', at: key.at };
  }
  if (!selector.everyChannel) {
    const at = channelPlaces(command, argv).find(
      (place) => !mayUse(selector, argv[place] ?? '', command.name === 'psubscribe'),
    );
    if (at !== undefined) return { kind: 'channel', at };
  }
  return undefined;
}

function mayRun(
  selector: Selector,
  command: Command,
  argv: readonly ByteString[],
  index: CommandIndex,
): boolean {
  if (selector.everyCommand || isAllowed(selector, command, index)) return true;
  const word = (argv[1] ?? '').toLowerCase();
  const words = selector.firstArguments.get(command.name) ?? [];
  return argv.length > 1 && words.some((one) => one.toLowerCase() === word);
}

function mayTouch(selector: Selector, key: ByteString, { flags }: FoundKey): boolean {
  const reading = flags.includes('access');
  const writing = CHANGES.some((flag) => flags.includes(flag));
  return selector.keys.some(
    ({ pattern, reads, writes }) => (reads || !reading) && (writes || !writing) && globMatches(pattern, key),
  );
}

const CHANGES = ['update', 'insert', 'delete'];

/** A pattern that is subscribed to has to be allowed word for word. */
export function mayUse(selector: Selector, channel: ByteString, literal: boolean): boolean {
  return (
    selector.everyChannel ||
    selector.channels.some((pattern) => (literal ? pattern === channel : globMatches(pattern, channel)))
  );
}

function channelPlaces({ name }: Command, argv: readonly ByteString[]): number[] {
  if (name === 'publish' || name === 'spublish') return [1];
  if (name !== 'subscribe' && name !== 'psubscribe' && name !== 'ssubscribe') return [];
  return argv.flatMap((_, at) => (at > 0 ? [at] : []));
}
