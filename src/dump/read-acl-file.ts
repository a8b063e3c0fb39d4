import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';
import { withSelectors } from '../redis/acl-selectors.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';

const MOST_LINES = 100_000;

export interface AclLines {
  /** One a user, as ACL LIST would print them: passwords as `#SHA-256`, rules in the order they came. */
  readonly lines: readonly ByteString[];
  /** Lines that are none of a user; their numbers, from 1. */
  readonly faults: readonly number[];
  /** False when there are more lines than are read. */
  readonly complete: boolean;
}

/** An ACL file: a line a user. Passwords in clear are hashed as they are read, and not kept. */
export function readAclFile(text: ByteString): AclLines {
  const lines: ByteString[] = [];
  const faults: number[] = [];
  const all = text.split('\n', MOST_LINES + 1);
  for (const [index, line] of all.slice(0, MOST_LINES).entries()) {
    const plain = line.trim();
    if (plain === '' || plain.startsWith('#')) continue;
    const words = inlineArguments(plain);
    const user = words?.[0]?.toLowerCase() === 'user' ? aclLine(words.slice(1)) : undefined;
    if (user === undefined) faults.push(index + 1);
    else lines.push(user);
  }
  return { lines, faults, complete: all.length <= MOST_LINES };
}

/** The name and the rules of one user, which Redis takes one after the other: what a later one undoes is left out. */
export function aclLine([name, ...words]: readonly ByteString[]): ByteString | undefined {
  if (name === undefined || /\s/.test(name)) return undefined;
  const whole = withSelectors(words);
  const state = newState();
  for (const rule of whole.root) apply(state, rule);
  const cleared = words.findLastIndex((word) => CLEARING.has(word.toLowerCase()));
  const { selectors } = cleared < 0 ? whole : withSelectors(words.slice(cleared + 1));
  const brackets = selectors.map((rules) => {
    const inside = newState();
    for (const rule of rules) apply(inside, rule);
    return `(${rightsOf(inside).join(' ')})`;
  });
  return [
    'user',
    name,
    state.on ? 'on' : 'off',
    ...(state.nopass ? ['nopass'] : []),
    ...[...state.hashes].map((hash) => `#${hash}`),
    ...rightsOf(state),
    ...brackets,
  ].join(' ');
}

const CLEARING = new Set(['reset', 'clearselectors']);

/** Changed in place: a line may hold a hundred thousand rules. */
interface AclState {
  on: boolean;
  nopass: boolean;
  hashes: Set<string>;
  keys: ByteString[];
  channels: ByteString[];
  commands: ByteString[];
}

function newState(): AclState {
  return { on: false, nopass: false, hashes: new Set(), keys: [], channels: [], commands: [] };
}

function rightsOf({ keys, channels, commands }: AclState): readonly ByteString[] {
  return [...keys, ...channels, ...commands];
}

function apply(state: AclState, rule: ByteString): void {
  switch (rule.toLowerCase()) {
    case 'on':
      state.on = true;
      return;
    case 'off':
      state.on = false;
      return;
    case 'nopass':
    case 'resetpass':
      state.nopass = rule.toLowerCase() === 'nopass';
      state.hashes = new Set();
      return;
    case 'reset':
      Object.assign(state, newState());
      return;
    case 'resetkeys':
      state.keys = [];
      return;
    case 'resetchannels':
      state.channels = [];
      return;
    case 'allkeys':
    case '~*':
      state.keys = ['~*'];
      return;
    case 'allchannels':
    case '&*':
      state.channels = ['&*'];
      return;
    case 'allcommands':
    case '+@all':
      state.commands = ['+@all'];
      return;
    case 'nocommands':
    case '-@all':
      state.commands = ['-@all'];
      return;
    default:
      applyValue(state, rule, rule.slice(1));
  }
}

function applyValue(state: AclState, rule: ByteString, value: ByteString): void {
  switch (rule[0]) {
    case '>':
      state.nopass = false;
      state.hashes.add(sha256Of(value));
      return;
    case '#':
      state.nopass = false;
      state.hashes.add(value.toLowerCase());
      return;
    case '<':
      state.hashes.delete(sha256Of(value));
      return;
    case '!':
      state.hashes.delete(value.toLowerCase());
      return;
    case '~':
    case '%':
      state.keys.push(rule);
      return;
    case '&':
      state.channels.push(rule);
      return;
    case '+':
    case '-':
      state.commands.push(rule);
      return;
    default:
    // What checks payloads, and what nobody knows, gives and takes no right.
  }
}

export function sha256Of(password: ByteString): string {
  return createHash('sha256').update(password, 'latin1').digest('hex');
}
