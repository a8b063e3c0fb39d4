import { fail } from './command.ts';
import { folderPath } from './folder-path.ts';
import type { SettingKind } from './persona.ts';
import { FILES, FOLDERS } from './pretended-disk.ts';

const UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  k: 1_000n,
  kb: 1_024n,
  m: 1_000_000n,
  mb: 1_048_576n,
  g: 1_000_000_000n,
  gb: 1_073_741_824n,
};
const MOST = 9223372036854775807n;

/**
 * What CONFIG GET will answer after CONFIG SET name value; fails with Redis 6.0's words when it would refuse. `name`
 * is lower case and known.
 */
export function acceptedSetting(name: string, value: string, before: string, kind: SettingKind): string {
  if (kind === 'fixed') fail(`ERR Unsupported CONFIG parameter: ${name}`);
  const refuse = (why = ''): never => fail(`ERR Invalid argument '${value}' for CONFIG SET '${name}'${why}`);
  switch (name) {
    case 'dir':
      return folder(value, before);
    case 'dbfilename':
      return value.includes('/') ? refuse(" - dbfilename can't be a path, just a filename") : value;
    case 'save':
      return /^(\d+ \d+( \d+ \d+)*)?$/.test(value.slice(0, 256)) ? value : refuse();
    case 'notify-keyspace-events':
      return eventClasses(value) ?? refuse();
    case 'client-output-buffer-limit':
      return outputLimits(value, before) ?? refuse();
    default:
  }
  if (Object.hasOwn(IMPOSSIBLE, name) && value !== before && value !== 'no')
    return refuse(` - ${IMPOSSIBLE[name]}`);
  if (kind === 'text') return value;
  if (kind === 'flag') {
    const chosen = value.toLowerCase();
    return chosen === 'yes' || chosen === 'no' ? chosen : refuse(" - argument must be 'yes' or 'no'");
  }
  if ('choices' in kind) {
    const chosen = value.toLowerCase();
    const found = kind.choices.includes(chosen);
    return found ? chosen : refuse(` - argument must be one of the following: ${kind.choices.join(', ')}`);
  }
  const number = kind.memory ? memoryValue(value) : wholeNumber(value);
  if (number === undefined) {
    return refuse(
      kind.memory ? ' - argument must be a memory value' : " - argument couldn't be parsed into an integer",
    );
  }
  if (name === 'hz') return String(Math.max(1, Math.min(500, Number(number))));
  const most = kind.most === Number.MAX_SAFE_INTEGER ? MOST : BigInt(kind.most);
  return number < BigInt(kind.least) || number > most
    ? refuse(` - argument must be between ${kind.least} and ${most} inclusive`)
    : String(number);
}

const NO_TLS = 'Unable to update TLS configuration. Check server logs.';
/** What a server without TLS files and with Debian's allocator cannot do. */
const IMPOSSIBLE: Readonly<Record<string, string>> = {
  activedefrag:
    'Active defragmentation cannot be enabled: it requires a Redis server compiled with a modified Jemalloc like the one shipped by default with the Redis source distribution',
  'tls-cert-file': NO_TLS,
  'tls-key-file': NO_TLS,
  'tls-ca-cert-file': NO_TLS,
  'tls-ca-cert-dir': NO_TLS,
  'tls-dh-params-file': NO_TLS,
  'tls-cluster': NO_TLS,
  'tls-replication': NO_TLS,
};

/** Three figures a class; classes that are not named keep theirs. */
function outputLimits(value: string, before: string): string | undefined {
  const words = value
    .slice(0, 256)
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  if (words.length % 4 !== 0) return undefined;
  const limits = new Map(inFours(before.split(' ')));
  for (const [name, figures] of inFours(words)) {
    const known = name === 'replica' ? 'slave' : name;
    if (!limits.has(known) || !/^\d{1,15}( \d{1,15}){2}$/.test(figures)) return undefined;
    limits.set(known, figures);
  }
  return [...limits].map(([name, figures]) => `${name} ${figures}`).join(' ');
}

function inFours(words: readonly string[]): [name: string, figures: string][] {
  return words.flatMap((word, at) => (at % 4 === 0 ? [[word, words.slice(at + 1, at + 4).join(' ')]] : []));
}

function wholeNumber(value: string): bigint | undefined {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(value.slice(0, 32))) return undefined;
  const number = BigInt(value);
  return number > MOST || number < -MOST - 1n ? undefined : number;
}

function memoryValue(value: string): bigint | undefined {
  // No digits are 0, and too many the most there is, as strtoull has it.
  const parts = /^(\d{0,19})([a-z]{0,2})$/i.exec(value.slice(0, 32));
  const unit = UNITS[(parts?.[2] ?? '?').toLowerCase()];
  return parts?.[1] === undefined || unit === undefined ? undefined : least(BigInt(parts[1]) * unit, MOST);
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

/** The classes of key-space events that `A` stands for, in the server's order. */
const ALL_CLASSES = ['g', '$', 'l', 's', 'h', 'z', 'x', 'e', 't'];

/** The classes in the server's order; undefined when one is none. */
function eventClasses(value: string): string | undefined {
  if (!/^[AKEg$lshzxetm]{0,64}$/.test(value.slice(0, 65))) return undefined;
  const asked = (one: string): boolean => value.includes(one);
  const classes = asked('A') || ALL_CLASSES.every(asked) ? ['A'] : ALL_CLASSES.filter(asked);
  return [...classes, ...['K', 'E', 'm'].filter(asked)].join('');
}

function folder(value: string, before: string): string {
  const path = folderPath(value, before);
  if (FILES.has(path)) fail('ERR Changing directory: Not a directory');
  if (value === '' || !FOLDERS.has(path)) fail('ERR Changing directory: No such file or directory');
  return path;
}
