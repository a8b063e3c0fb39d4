import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Command } from '../command.ts';
import type { CommandIndex } from './command-index.ts';
import { findCommand } from './command-index.ts';
import type { Selector } from './user.ts';

/** What the rules of a server look at. */
export interface RuleContext {
  readonly index: CommandIndex;
  readonly level: number;
  /** Names of categories, without `@`. */
  readonly categories: readonly string[];
  /** `acl-pubsub-default`: new users may use every channel. */
  readonly everyChannel: boolean;
}

export const RULE_SYNTAX = 'Syntax error';
const UNKNOWN = 'Unknown command or category name in ACL';
const ALREADY_ALL =
  'Adding a subcommand of a command already fully added is not allowed. Remove the command to start. Example: -DEBUG +DEBUG|DIGEST';
const OF_SUBCOMMAND = 'Allowing first-arg of a subcommand is not supported';
const NEEDLESS_KEY =
  "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not have any effect. Try 'resetkeys' to start with an empty list of patterns";
const NEEDLESS_CHANNEL =
  "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does not have any effect. Try 'resetchannels' to start with an empty list of channels";

/** Changes a selector by one rule; returns what is wrong with the rule, undefined when nothing is. */
export function applySelectorRule(
  selector: Selector,
  rule: ByteString,
  context: RuleContext,
): string | undefined {
  const word = rule.toLowerCase();
  const withChannels = context.level >= 6.2;
  if (word === 'allcommands' || word === '+@all') return setAll(selector, true);
  if (word === 'nocommands' || word === '-@all') return setAll(selector, false);
  if (word === 'allkeys' || word === '~*') return setKeys(selector, true);
  if (word === 'resetkeys') return setKeys(selector, false);
  if (withChannels && (word === 'allchannels' || word === '&*')) return setChannels(selector, true);
  if (withChannels && word === 'resetchannels') return setChannels(selector, false);
  switch (rule[0]) {
    case '~':
      return addKey(selector, rule.slice(1), true, true);
    case '%':
      return context.level >= 7 ? addSomeKey(selector, rule) : RULE_SYNTAX;
    case '&':
      return withChannels ? addChannel(selector, rule.slice(1)) : RULE_SYNTAX;
    case '+':
    case '-':
      if (rule[1] === '@') return setCategory(selector, word, context);
      return rule[0] === '+'
        ? allow(selector, rule.slice(1), context)
        : forbid(selector, rule.slice(1), context);
    default:
      return RULE_SYNTAX;
  }
}

function setAll(selector: Selector, allowed: boolean): undefined {
  selector.commands.fill(allowed ? 1 : 0);
  selector.everyCommand = allowed;
  selector.future = allowed;
  selector.firstArguments.clear();
  selector.rules = [];
}

function setKeys(selector: Selector, every: boolean): undefined {
  selector.everyKey = every;
  selector.keys = [];
}

function setChannels(selector: Selector, every: boolean): undefined {
  selector.everyChannel = every;
  selector.channels = [];
}

function addSomeKey(selector: Selector, rule: ByteString): string | undefined {
  const letters = /^%(RW|WR|R|W)(~|$)/i.exec(rule.slice(0, 4))?.[1]?.toUpperCase();
  if (letters === undefined) return selector.everyKey ? NEEDLESS_KEY : RULE_SYNTAX;
  return addKey(selector, rule.slice(2 + letters.length), letters.includes('R'), letters.includes('W'));
}

function addKey(
  selector: Selector,
  pattern: ByteString,
  reads: boolean,
  writes: boolean,
): string | undefined {
  if (selector.everyKey) return NEEDLESS_KEY;
  if (hasBlank(pattern)) return RULE_SYNTAX;
  const there = selector.keys.find((one) => one.pattern === pattern);
  const key = {
    pattern: ownedBytes(pattern),
    reads: reads || there?.reads === true,
    writes: writes || there?.writes === true,
  };
  selector.keys =
    there === undefined ? [...selector.keys, key] : selector.keys.map((one) => (one === there ? key : one));
  return undefined;
}

function addChannel(selector: Selector, pattern: ByteString): string | undefined {
  if (selector.everyChannel) return NEEDLESS_CHANNEL;
  if (hasBlank(pattern)) return RULE_SYNTAX;
  if (!selector.channels.includes(pattern)) selector.channels = [...selector.channels, ownedBytes(pattern)];
  return undefined;
}

/** C's isspace, and NUL. */
export const hasBlank = (text: ByteString): boolean => /[\t-\r \0]/.test(text);

function setCategory(selector: Selector, rule: string, context: RuleContext): string | undefined {
  if (!context.categories.includes(rule.slice(2))) return UNKNOWN;
  const category = rule.slice(1);
  updateRules(selector, rule);
  for (const command of context.index.commands) {
    if (command.categories.includes(category)) setCommand(selector, command, rule[0] === '+', context.index);
  }
  return undefined;
}

/** A container takes its subcommands with it. */
export function setCommand(
  selector: Selector,
  command: Command,
  allowed: boolean,
  { places }: CommandIndex,
): void {
  for (const { name } of [command, ...command.parts.values()])
    selector.commands[places.get(name) ?? selector.commands.length] = allowed ? 1 : 0;
  if (!allowed) selector.everyCommand = false;
  selector.firstArguments.delete(command.name);
}

function allow(selector: Selector, name: ByteString, context: RuleContext): string | undefined {
  const bar = context.level >= 7 ? name.lastIndexOf('|') : name.indexOf('|');
  if (bar < 0) {
    const command = findCommand(context.index, name);
    if (command === undefined) return UNKNOWN;
    setCommand(selector, command, true, context.index);
    updateRules(selector, `+${command.name}`);
    return undefined;
  }
  const command = findCommand(context.index, name.slice(0, bar));
  const first = ownedBytes(name.slice(bar + 1));
  if (command === undefined) return UNKNOWN;
  if (command.name.includes('|')) return OF_SUBCOMMAND;
  if (first === '') return RULE_SYNTAX;
  if (command.parts.size > 0) {
    const part = findCommand(context.index, name);
    if (part === undefined) return UNKNOWN;
    setCommand(selector, part, true, context.index);
  } else {
    if (context.level < 7 && isAllowed(selector, command, context.index)) return ALREADY_ALL;
    const before = selector.firstArguments.get(command.name) ?? [];
    if (!before.some((one) => one.toLowerCase() === first.toLowerCase()))
      selector.firstArguments.set(command.name, [...before, first]);
  }
  updateRules(selector, `+${ownedBytes(name.toLowerCase())}`);
  return undefined;
}

function forbid(selector: Selector, name: ByteString, context: RuleContext): string | undefined {
  const command = findCommand(context.index, name);
  if (command === undefined) return UNKNOWN;
  setCommand(selector, command, false, context.index);
  updateRules(selector, `-${command.name}`);
  return undefined;
}

export function isAllowed(selector: Selector, { name }: Command, { places }: CommandIndex): boolean {
  const place = places.get(name);
  return place === undefined ? selector.future : selector.commands[place] === 1;
}

/** A rule takes the place of earlier ones about the same, and about the subcommands of the same. */
function updateRules(selector: Selector, rule: string): void {
  const about = rule.slice(1);
  const others = selector.rules.filter((one) => one.slice(1) !== about && !one.startsWith(`${about}|`, 1));
  selector.rules = [...others, rule];
}
