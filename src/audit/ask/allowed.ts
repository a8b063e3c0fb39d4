import type { ByteString } from '../../model/bytes.ts';
import { commandName } from '../../redis/interpret.ts';

/** What the operator gave for this target; AUTH carries these and nothing else. */
export interface Credentials {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

type Shape = (args: readonly ByteString[], credentials: Credentials) => boolean;

/** Settings the audit may read, one a call and by their whole name: `*` would also bring passwords. */
export const READABLE_SETTINGS = [
  'aof-rewrite-incremental-fsync',
  'appendonly',
  'bind',
  'dbfilename',
  'dir',
  'enable-debug-command',
  'enable-module-command',
  'enable-protected-configs',
  'maxclients',
  'maxmemory',
  'maxmemory-clients',
  'maxmemory-policy',
  'port',
  'protected-mode',
  'rdb-save-incremental-fsync',
  'rdbcompression',
  'replica-read-only',
  'save',
  'slave-read-only',
  'stop-writes-on-bgsave-error',
  'tls-auth-clients',
  'tls-port',
  'unixsocket',
  'unixsocketperm',
] as const;
export type ReadableSetting = (typeof READABLE_SETTINGS)[number];

/** Commands whose presence and rights are looked up; they are named in a question, never sent. */
export const COMMANDS_ASKED_ABOUT = [
  'bgsave',
  'config',
  'debug',
  'eval',
  'evalsha',
  'fcall',
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
  ['flushall'],
  ['replicaof', 'no', 'one'],
  ['restore', 'sundew-audit', '0', ''],
  ['save'],
  ['acl', 'setuser', 'sundew-audit'],
];

export const CLIENT_NAME = 'sundew-audit';
export const MOST_NAMES = 256;
export const MOST_COUNT = 250;
/** Bytes of a string one GETRANGE may ask for. */
const LONGEST_RANGE = 65_536;

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

const auth: Shape = (args, { user, password }) => {
  if (password === undefined) return false;
  const wanted = user === undefined ? [password] : [user, password];
  return args.length === wanted.length && wanted.every((word, at) => args[at] === word);
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
    DRY_RUNS.some((run) => run.length === rest.length && run.every((word, at) => word === rest[at])),
  'acl|list': nothing,
  'acl|whoami': nothing,
  auth,
  'client|no-touch': words('ON'),
  'client|setname': words(CLIENT_NAME),
  'command|info': (args) =>
    args.length > 0 && args.every((name) => COMMANDS_ASKED_ABOUT.some((known) => known === name)),
  'config|get': ([name, ...rest]) => rest.length === 0 && READABLE_SETTINGS.some((known) => known === name),
  exists: (args) => args.length > 0 && args.length <= MOST_NAMES,
  'function|list': nothing,
  getrange: (args) => args.length === 3 && isRange(args[1], args[2], LONGEST_RANGE),
  hlen: oneKey,
  hscan: page,
  info: (args) => args.length === 0 || words('all')(args, {}),
  llen: oneKey,
  lrange: elements,
  'memory|usage': oneKey,
  'module|list': nothing,
  ping: nothing,
  quit: nothing,
  scan: (args) => page(['', ...args], {}),
  scard: oneKey,
  select: ([db, ...rest]) => number(db, 0, 100_000) && rest.length === 0,
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
export function isAllowed(argv: readonly ByteString[], credentials: Credentials): boolean {
  // A name with a bar is how we write a subcommand; sent as one word it would be something else.
  if (argv[0]?.includes('|') !== false || !argv.every(isPlainWord)) return false;
  const { name, args } = commandName(argv);
  return Object.hasOwn(ALLOWED, name) && (ALLOWED[name]?.(args, credentials) ?? false);
}

/** Longer than any key worth reading; Redis itself allows 512 MB. */
const LONGEST_WORD = 65_536;

/** One code unit a byte: a wider one would leave as another letter than the one that was checked. */
function isPlainWord(word: ByteString): boolean {
  return word.length <= LONGEST_WORD && !/[^\x00-\xff]/.test(word);
}
