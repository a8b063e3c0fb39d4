import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { inlineArguments } from '../../wire/inline-arguments.ts';
import type { RuleContext } from './selector-rule.ts';
import { applySelectorRule, RULE_SYNTAX } from './selector-rule.ts';
import type { Selector, User } from './user.ts';
import { newSelector } from './user.ts';

const NOT_THERE = 'The password you are trying to remove from the user does not exist';
const NO_HASH =
  'The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters';

export function passwordHash(password: ByteString): string {
  return createHash('sha256').update(password, 'latin1').digest('hex');
}

/** A user as SETUSER finds one that is new: off, without password, who may do nothing. */
export function newUser(name: ByteString, context: RuleContext): User {
  return {
    name,
    enabled: false,
    noPassword: false,
    passwords: [],
    payload: context.level >= 7.2 ? 'sanitize-payload' : undefined,
    selectors: [emptySelector(context)],
    free: false,
  };
}

const emptySelector = ({ index, level, everyChannel }: RuleContext): Selector =>
  newSelector(index.commands.length, level < 6.2 || everyChannel);

/** Changes a user by one rule of ACL SETUSER; returns what is wrong with it, undefined when nothing is. */
export function applyUserRule(user: User, rule: ByteString, context: RuleContext): string | undefined {
  if (rule === '') return undefined;
  switch (rule.toLowerCase()) {
    case 'on':
    case 'off':
      user.enabled = rule.length === 2;
      return undefined;
    case 'nopass':
    case 'resetpass':
      user.noPassword = rule[0] !== 'r' && rule[0] !== 'R';
      user.passwords = [];
      return undefined;
    case 'sanitize-payload':
    case 'skip-sanitize-payload':
      if (context.level < 6.2) return RULE_SYNTAX;
      user.payload = rule.length > 16 ? 'skip-sanitize-payload' : 'sanitize-payload';
      return undefined;
    case 'clearselectors':
      if (context.level < 7) return RULE_SYNTAX;
      user.selectors = [user.selectors[0]];
      return undefined;
    case 'reset':
      user.enabled = false;
      user.noPassword = false;
      user.passwords = [];
      if (context.level >= 6.2) user.payload = 'sanitize-payload';
      user.selectors = [emptySelector(context)];
      return undefined;
    default:
  }
  switch (rule[0]) {
    case '>':
      return addPassword(user, passwordHash(rule.slice(1)));
    case '#':
      return isHash(rule.slice(1)) ? addPassword(user, rule.slice(1)) : NO_HASH;
    case '<':
      return removePassword(user, passwordHash(rule.slice(1)));
    case '!':
      return isHash(rule.slice(1)) ? removePassword(user, rule.slice(1)) : NO_HASH;
    case '(':
      if (context.level >= 7 && rule.endsWith(')')) return addSelector(user, rule, context);
      return RULE_SYNTAX;
    default:
      return applySelectorRule(user.selectors[0], rule, context);
  }
}

const isHash = (text: ByteString): boolean => text.length === 64 && /^[0-9a-f]*$/.test(text);

function addPassword(user: User, hash: string): undefined {
  if (!user.passwords.includes(hash)) user.passwords = [...user.passwords, hash];
  user.noPassword = false;
}

function removePassword(user: User, hash: string): string | undefined {
  if (!user.passwords.includes(hash)) return NOT_THERE;
  user.passwords = user.passwords.filter((one) => one !== hash);
  return undefined;
}

function addSelector(user: User, rule: ByteString, context: RuleContext): string | undefined {
  const selector = emptySelector(context);
  for (const word of inlineArguments(rule.slice(1, -1)) ?? []) {
    const wrong = applySelectorRule(selector, word, context);
    if (wrong !== undefined) return wrong;
  }
  const [own, ...others] = user.selectors;
  user.selectors = [own, ...others, selector];
  return undefined;
}
