import type { ByteString } from '../../model/bytes.ts';
import { bytesFromText } from '../../model/bytes.ts';
import { commandName } from '../../redis/interpret.ts';
import type { ReadableSetting } from './readable-settings.ts';
import { READABLE_SETTINGS } from './readable-settings.ts';
import { BARE_MARKERS } from './version-bracket.ts';

export type { ReadableSetting };
export { READABLE_SETTINGS };

/** What the operator allows for this target beyond what every audit may do. */
export interface Permission {
  /** AUTH carries these and nothing else. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** The group of servers that a Sentinel may be asked about. */
  readonly sentinel?: string | undefined;
  readonly optIns?: OptIns | undefined;
}

/** What an operator has to ask for. */
export interface OptIns {
  /** The code of function libraries, not only their names. */
  readonly functionCode?: boolean | undefined;
  /** Bare command names to a locked server, to tell its release by which of them exist. */
  readonly bracket?: boolean | undefined;
  /** False: no connection to another port of the host. */
  readonly probePorts?: boolean | undefined;
}

type Shape = (args: readonly ByteString[], permission: Permission) => boolean;

/** Commands whose presence and rights are looked up; they are named in a question, never sent. */
export const COMMANDS_ASKED_ABOUT = [
  'bgsave',
  'config',
  'debug',
  'eval',
  'eval_ro',
  'evalsha',
  'evalsha_ro',
  'fcall',
  'fcall_ro',
  'flushall',
  'flushdb',
  'function',
  'keys',
  'migrate',
  'module',
  'monitor',
  'replicaof',
  'restore',
  'save',
  'script',
  'shutdown',
  'slaveof',
  'stralgo',
  'system.exec',
  'xackdel',
] as const;

/** The whole command with its arguments, as `ACL DRYRUN` wants it: checked by the server, not run. */
export const DRY_RUNS: readonly (readonly ByteString[])[] = [
  ['config', 'set', 'maxmemory', '0'],
  ['eval', 'return 1', '0'],
  ['eval_ro', 'return 1', '0'],
  ['script', 'load', 'return 1'],
  ['function', 'load', '#!lua name=sundew_audit'],
  ['flushall'],
  ['replicaof', 'no', 'one'],
  ['restore', 'sundew-audit', '0', ''],
  ['save'],
  ['acl', 'setuser', 'sundew-audit'],
];

/** Questions that some users may not ask: `ACL DRYRUN` is asked first, because a refusal is an entry in ACL LOG. */
export const OWN_RUNS = {
  users: ['acl', 'list'],
  deniedCalls: ['acl', 'log', '128'],
  clients: ['client', 'list'],
  commands: ['command', 'info', 'eval'],
  settings: ['config', 'get', 'dir'],
  libraries: ['function', 'list'],
  modules: ['module', 'list'],
  moduleCommands: ['command', 'list', 'filterby', 'module', 'sundew-audit'],
  noTouch: ['client', 'no-touch', 'on'],
  slowCalls: ['slowlog', 'get', '128'],
} as const satisfies Readonly<Record<string, readonly ByteString[]>>;

/** Entries of SLOWLOG and ACL LOG that are read. */
export const LOG_ENTRIES = 128;

export const CLIENT_NAME = 'sundew-audit';
export const MOST_NAMES = 256;
export const MOST_COUNT = 250;
/** Bytes of a string one GETRANGE may ask for. */
const LONGEST_RANGE = 65_536;

/** The arguments of AUTH, as the bytes that leave; undefined without a password. */
export function loginWords({ user, password }: Permission): readonly ByteString[] | undefined {
  if (password === undefined) return undefined;
  return (user === undefined ? [password] : [user, password]).map(bytesFromText);
}

const READABLE: ReadonlySet<string> = new Set(READABLE_SETTINGS);

const nothing: Shape = (args) => args.length === 0;
const oneKey: Shape = (args) => args.length === 1;
const words =
  (...wanted: readonly string[]): Shape =>
  (args) =>
    args.length === wanted.length &&
    wanted.every((word, at) => args[at]?.toUpperCase() === word.toUpperCase());
const number = (text: ByteString | undefined, low: number, high: number): boolean =>
  text !== undefined && /^(0|-?[1-9]\d{0,9})$/.test(text) && Number(text) >= low && Number(text) <= high;
const isCursor = (text: ByteString | undefined): boolean => text !== undefined && /^\d{1,20}$/.test(text);

/** `from` to `to`, both counted from the same end, at most `most` apart. */
function isRange(from: ByteString | undefined, to: ByteString | undefined, most: number): boolean {
  if (!number(from, -most, 1e9) || !number(to, -most, 1e9)) return false;
  const [start, end] = [Number(from), Number(to)];
  return start >= 0 === end >= 0 && end >= start && end - start < most;
}

const auth: Shape = (args, permission) => {
  const wanted = loginWords(permission);
  return args.length === wanted?.length && wanted.every((word, at) => args[at] === word);
};
/** A page of a collection: key, cursor, COUNT. Never MATCH: patterns cost the server time. */
const page: Shape = ([, cursor, count, size, ...rest]) =>
  isCursor(cursor) && count?.toUpperCase() === 'COUNT' && number(size, 1, MOST_COUNT) && rest.length === 0;
const elements: Shape = (args) => args.length === 3 && isRange(args[1], args[2], MOST_COUNT);

/**
 * All that the audit can send, by name as ACL writes it. Everything here reads; nothing runs code, waits, subscribes,
 * changes a setting or takes the server more than a fraction of a millisecond. The connection asks this list before
 * a byte leaves.
 */
const ALLOWED: Readonly<Record<string, Shape>> = {
  'acl|dryrun': ([user, ...rest]) =>
    user !== undefined &&
    user.length <= 256 &&
    [...DRY_RUNS, ...Object.values(OWN_RUNS)].some(
      (run) => run.length === rest.length && run.every((word, at) => word === rest[at]),
    ),
  'acl|list': nothing,
  'acl|log': ([count, ...rest]) => number(count, 1, LOG_ENTRIES) && rest.length === 0,
  'acl|whoami': nothing,
  auth,
  'client|list': nothing,
  'client|no-touch': words('ON'),
  'client|setname': words(CLIENT_NAME),
  'cluster|nodes': nothing,
  'command|info': (args) =>
    args.length > 0 && args.every((name) => COMMANDS_ASKED_ABOUT.some((known) => known === name)),
  'command|list': ([filter, by, name, ...rest]) =>
    filter?.toUpperCase() === 'FILTERBY' &&
    by?.toUpperCase() === 'MODULE' &&
    name !== undefined &&
    name.length <= 256 &&
    rest.length === 0,
  'config|get': (args) => args.length > 0 && args.every((name) => READABLE.has(name)),
  exists: (args) => args.length > 0 && args.length <= MOST_NAMES,
  'function|list': (args, { optIns }) =>
    args.length === 0 || (optIns?.functionCode === true && words('WITHCODE')(args, {})),
  getrange: (args) => args.length === 3 && isRange(args[1], args[2], LONGEST_RANGE),
  hlen: oneKey,
  hscan: page,
  info: (args) => args.length === 0 || words('all')(args, {}) || words('keyspace')(args, {}),
  llen: oneKey,
  lrange: elements,
  'memory|usage': oneKey,
  'module|list': nothing,
  ping: nothing,
  quit: nothing,
  readonly: nothing,
  scan: (args) => page(['', ...args], {}),
  scard: oneKey,
  select: ([db, ...rest]) => number(db, 0, 100_000) && rest.length === 0,
  sentinel: ([question, name, ...rest], { sentinel }) =>
    sentinel !== undefined &&
    name === sentinel &&
    rest.length === 0 &&
    ['MASTER', 'REPLICAS', 'SENTINELS', 'SLAVES'].includes(question?.toUpperCase() ?? ''),
  'slowlog|get': ([count, ...rest]) => number(count, 1, LOG_ENTRIES) && rest.length === 0,
  sscan: page,
  strlen: oneKey,
  type: oneKey,
  xlen: oneKey,
  xrange: ([, from, to, count, size, ...rest]) =>
    from === '-' &&
    to === '+' &&
    count?.toUpperCase() === 'COUNT' &&
    number(size, 1, MOST_COUNT) &&
    rest.length === 0,
  zcard: oneKey,
  zrange: elements,
};

/** Names of all commands that may be sent, for documentation and tests. */
export const ALLOWED_COMMANDS: readonly string[] = Object.keys(ALLOWED);

/** True when these words, exactly as they are, may be sent to a server under audit. */
export function isAllowed(argv: readonly ByteString[], permission: Permission): boolean {
  // A name with a bar is how we write a subcommand; sent as one word it would be something else.
  if (argv[0]?.includes('|') !== false || !argv.every(isPlainWord)) return false;
  const { name, args } = commandName(argv);
  if (permission.optIns?.bracket === true && argv.length === 1 && BARE_MARKERS.has(name)) return true;
  return Object.hasOwn(ALLOWED, name) && (ALLOWED[name]?.(args, permission) ?? false);
}

/** Longer than any key worth reading; Redis itself allows 512 MB. */
const LONGEST_WORD = 65_536;

/** One code unit a byte: a wider one would leave as another letter than the one that was checked. */
function isPlainWord(word: ByteString): boolean {
  return word.length <= LONGEST_WORD && !/[^\x00-\xff]/.test(word);
}
