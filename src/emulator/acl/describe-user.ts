import { describeCommands } from './describe-commands.ts';
import type { RuleContext } from './selector-rule.ts';
import type { KeyPattern, Selector, User } from './user.ts';

/** A line of ACL LIST, as a configuration file has it. */
export function describeUser(user: User, context: RuleContext): string {
  const [own, ...others] = user.selectors;
  return [
    'user',
    user.name,
    ...userFlags(user),
    ...user.passwords.map((hash) => `#${hash}`),
    ...selectorWords(own, context),
    ...others.map((selector) => `(${selectorWords(selector, context).join(' ')})`),
  ].join(' ');
}

/** What is not a matter of selectors. */
export function userFlags({ enabled, noPassword, payload }: User): string[] {
  return [
    enabled ? 'on' : 'off',
    ...(noPassword ? ['nopass'] : []),
    ...(payload === undefined ? [] : [payload]),
  ];
}

function selectorWords(selector: Selector, context: RuleContext): string[] {
  const channels = context.level < 6.2 ? [] : channelWords(selector);
  const closed = context.level >= 6.2 && !selector.everyChannel ? ['resetchannels'] : [];
  return [...keyWords(selector), ...closed, ...channels, describeCommands(selector, context)];
}

export function keyWords({ everyKey, keys }: Selector): string[] {
  return everyKey ? ['~*'] : keys.map(keyWord);
}

export function channelWords({ everyChannel, channels }: Selector): string[] {
  return everyChannel ? ['&*'] : channels.map((pattern) => `&${pattern}`);
}

function keyWord({ pattern, reads, writes }: KeyPattern): string {
  if (reads && writes) return `~${pattern}`;
  return `%${reads ? 'R' : 'W'}~${pattern}`;
}
