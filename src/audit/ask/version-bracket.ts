import type { ByteString } from '../../model/bytes.ts';

/**
 * Redis looks a command up, and counts its arguments, before it asks for a login. So a locked server tells which
 * commands it knows: "unknown command" or "wrong number of arguments". Every word here needs an argument in every
 * release that has it, so none of them can run. Measured on Redis 6.0, 7.0, 8.0 and Valkey 8.1; from 8.2 on by the
 * documented syntax.
 */
const REDIS_MARKERS = [
  { command: 'getdel', since: '6.2' },
  { command: 'lcs', since: '7.0' },
  { command: 'waitaof', since: '7.2' },
  { command: 'hexpire', since: '7.4' },
  { command: 'hgetex', since: '8.0' },
  { command: 'xackdel', since: '8.2' },
  { command: 'msetex', since: '8.4' },
  { command: 'hotkeys', since: '8.6' },
] as const;

/** Valkey went its own way after 7.2. */
const VALKEY_MARKERS = [
  { command: 'commandlog', since: '8.1' },
  { command: 'delifeq', since: '9.0' },
] as const;

/** Commands that attacks use and careful operators rename. None runs without arguments. */
const RENAMED = ['config', 'eval', 'module', 'replicaof'] as const;

/** A command that every release has, and one that none has: without these two answers nothing is concluded. */
const KNOWN = 'get';
const UNKNOWN = 'sundewnone';

export const MARKERS: readonly string[] = [
  KNOWN,
  UNKNOWN,
  ...[...REDIS_MARKERS, ...VALKEY_MARKERS].map(({ command }) => command),
  ...RENAMED,
];
export const BARE_MARKERS: ReadonlySet<string> = new Set(MARKERS);

export interface VersionBracket {
  readonly engine: 'redis' | 'valkey' | undefined;
  /** The release that brought the newest command it knows, `7.0`; undefined: older than all of the list. */
  readonly from: string | undefined;
  /** The release that brought the first command it does not know. */
  readonly below: string | undefined;
  /** Commands of attacks that are not there under their own name. */
  readonly missing: readonly string[];
}

/**
 * What a server knows, by its answers to the bare markers in the order of `MARKERS`; undefined when it answers all of
 * them alike (Valkey 9, proxies), or not as Redis does.
 */
export function bracketOf(answers: readonly (ByteString | undefined)[]): VersionBracket | undefined {
  const known = new Map(MARKERS.map((marker, at) => [marker, isKnown(answers[at])]));
  if (known.get(KNOWN) !== true || known.get(UNKNOWN) !== false) return undefined;
  const missing = RENAMED.filter((command) => known.get(command) === false);
  const isValkey = VALKEY_MARKERS.some(({ command }) => known.get(command) === true);
  const markers = isValkey ? VALKEY_MARKERS : REDIS_MARKERS;
  const newest = markers.findLastIndex(({ command }) => known.get(command) === true);
  const next = markers[newest + 1];
  const below = next !== undefined && known.get(next.command) === false ? next.since : undefined;
  const from = markers[newest]?.since;
  // A server of 7.2 may be Valkey, which has the commands of Redis up to there.
  const engine = isValkey ? 'valkey' : from === '7.2' ? undefined : 'redis';
  return { engine, from, below, missing };
}

/** `>=7.0 <7.2`. */
export function bracketRange({ from, below }: VersionBracket): string {
  return [from === undefined ? '' : `>=${from}`, below === undefined ? '' : `<${below}`]
    .filter((word) => word !== '')
    .join(' ');
}

/** `Redis >=7.0 <7.2`. */
export function bracketText(bracket: VersionBracket): string {
  return `${ENGINES[bracket.engine ?? 'either']} ${bracketRange(bracket)}`;
}

const ENGINES = { redis: 'Redis', valkey: 'Valkey', either: 'Redis, or Valkey before 8.1,' } as const;

function isKnown(error: ByteString | undefined): boolean | undefined {
  const text = error?.slice(0, 200).toLowerCase() ?? '';
  if (text.startsWith('err unknown command')) return false;
  // A command with an arity that we did not expect says that it wants a login: it is there all the same.
  return text.startsWith('err wrong number of arguments') ? true : undefined;
}
