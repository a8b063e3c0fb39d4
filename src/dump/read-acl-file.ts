import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';

const MOST_USERS = 10_000;
const LONGEST_LINE = 65_536;

export interface AclLines {
  /** One a user, as ACL LIST would print them: passwords as `#SHA-256`, rules in the order they came. */
  readonly lines: readonly ByteString[];
  /** Lines that are none of a user; their numbers, from 1. */
  readonly faults: readonly number[];
}

/** An ACL file: a line a user. Passwords in clear are hashed as they are read, and not kept. */
export function readAclFile(text: ByteString): AclLines {
  const lines: ByteString[] = [];
  const faults: number[] = [];
  for (const [index, line] of text.split('\n', MOST_USERS).entries()) {
    const plain = line.trim();
    if (plain === '' || plain.startsWith('#')) continue;
    const words = inlineArguments(plain.slice(0, LONGEST_LINE));
    const user = words?.[0]?.toLowerCase() === 'user' ? aclLine(words.slice(1)) : undefined;
    if (user === undefined) faults.push(index + 1);
    else lines.push(user);
  }
  return { lines, faults };
}

/** The name and the rules of one user, which Redis takes one after the other: what a later one undoes is left out. */
export function aclLine([name, ...rules]: readonly ByteString[]): ByteString | undefined {
  if (name === undefined || /\s/.test(name)) return undefined;
  let state: AclState = { on: false, nopass: false, hashes: new Set(), rest: [] };
  for (const rule of rules) state = applied(state, rule);
  const { on, nopass, hashes, rest } = state;
  return [
    'user',
    name,
    on ? 'on' : 'off',
    ...(nopass ? ['nopass'] : []),
    ...[...hashes].map((hash) => `#${hash}`),
    ...rest,
  ].join(' ');
}

interface AclState {
  readonly on: boolean;
  readonly nopass: boolean;
  readonly hashes: ReadonlySet<string>;
  /** Keys, channels and commands. */
  readonly rest: readonly ByteString[];
}

function applied(state: AclState, rule: ByteString): AclState {
  const { hashes, rest } = state;
  const without = (is: (word: ByteString) => boolean): ByteString[] => rest.filter((word) => !is(word));
  switch (rule.toLowerCase()) {
    case 'on':
      return { ...state, on: true };
    case 'off':
      return { ...state, on: false };
    case 'nopass':
      return { ...state, nopass: true, hashes: new Set() };
    case 'resetpass':
      return { ...state, nopass: false, hashes: new Set() };
    case 'reset':
      return { on: false, nopass: false, hashes: new Set(), rest: [] };
    case 'resetkeys':
      return { ...state, rest: without(isKeys) };
    case 'resetchannels':
      return { ...state, rest: without(isChannels) };
    case 'allkeys':
    case '~*':
      return { ...state, rest: [...without(isKeys), '~*'] };
    case 'allchannels':
    case '&*':
      return { ...state, rest: [...without(isChannels), '&*'] };
    case 'allcommands':
    case '+@all':
      return { ...state, rest: [...without(isCommands), '+@all'] };
    case 'nocommands':
    case '-@all':
      return { ...state, rest: [...without(isCommands), '-@all'] };
    default:
      break;
  }
  const value = rule.slice(1);
  switch (rule[0]) {
    case '>':
      return { ...state, nopass: false, hashes: new Set([...hashes, sha256Of(value)]) };
    case '<':
      return { ...state, hashes: less(hashes, sha256Of(value)) };
    case '#':
      return { ...state, nopass: false, hashes: new Set([...hashes, value.toLowerCase()]) };
    case '!':
      return { ...state, hashes: less(hashes, value.toLowerCase()) };
    default:
      return { ...state, rest: [...rest, rule] };
  }
}

export function sha256Of(password: ByteString): string {
  return createHash('sha256').update(password, 'latin1').digest('hex');
}

function less(hashes: ReadonlySet<string>, hash: string): ReadonlySet<string> {
  return new Set([...hashes].filter((one) => one !== hash));
}

const isKeys = (word: ByteString): boolean => word.startsWith('~') || word.startsWith('%');
const isChannels = (word: ByteString): boolean => word.startsWith('&');
const isCommands = (word: ByteString): boolean => word.startsWith('+') || word.startsWith('-');
