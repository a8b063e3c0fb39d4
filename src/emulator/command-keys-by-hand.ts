import type { ByteString } from '../model/bytes.ts';
import type { Command } from './command.ts';
import type { FoundKey } from './command-keys.ts';
import type { KeySpec } from './persona-command.ts';
import type { Level } from './version.ts';

type Search = (argv: readonly ByteString[], level: Level) => readonly FoundKey[];

const READ = ['RO', 'access'];
const OVERWRITE = ['OW', 'update'];
const CHANGE = ['RW', 'access', 'update'];

/** The keys of commands that a table cannot describe; undefined for a command that it can. */
export function keysByHand(
  command: Command,
  argv: readonly ByteString[],
  level: Level,
): readonly FoundKey[] | undefined {
  const { name } = command;
  const before7 =
    command.keySpecs === undefined && Object.hasOwn(BEFORE_7, name) ? BEFORE_7[name] : undefined;
  return (before7 ?? (Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined))?.(argv, level);
}

/** The last resort for commands that say how many keys they have: the number is read as atoi does, no flags are told. */
export function countedKeys(specs: readonly KeySpec[], argv: readonly ByteString[]): readonly FoundKey[] {
  const [counting] = specs.flatMap(({ search, found }) =>
    typeof search === 'object' && 'index' in search && typeof found === 'object' && 'countAt' in found
      ? [search.index + found.countAt]
      : [],
  );
  if (counting === undefined) return [];
  // A key to store at comes before the number, and last in the answer.
  const sources = counted(argv, counting);
  return sources.length > 0 && specs.length > 1 ? [...sources, key(1, [])] : sources;
}

const key = (at: number, flags: readonly string[]): FoundKey => ({ at, flags });
const range = (from: number, count: number, flags: readonly string[]): FoundKey[] =>
  Array.from({ length: count }, (_, index) => key(from + index, flags));
const word = (argv: readonly ByteString[], at: number): ByteString => (argv[at] ?? '').toLowerCase();

const BY_NAME: Readonly<Record<string, Search>> = {
  sort: (argv, level) => {
    let store: number | undefined;
    for (let at = 2; at < argv.length; at++) {
      const skipped = { limit: 2, get: 1, by: 1 }[word(argv, at)];
      if (skipped !== undefined) at += skipped;
      else if (word(argv, at) === 'store' && at + 1 < argv.length) {
        store = at + 1;
        // Earlier servers look at the key too: it may be called STORE.
        if (level >= 8) at += 1;
      }
    }
    return store === undefined ? [key(1, READ)] : [key(1, READ), key(store, OVERWRITE)];
  },
  sort_ro: () => [key(1, READ)],
  migrate,
  georadius: stored,
  georadiusbymember: stored,
  xread: streams,
  xreadgroup: streams,
  set: (argv) => {
    const reads = argv.some((_, at) => at > 2 && word(argv, at) === 'get');
    return [key(1, reads ? CHANGE : OVERWRITE)];
  },
  bitfield: (argv) => [key(1, onlyReads(argv) ? READ : CHANGE)],
};

const BEFORE_7: Readonly<Record<string, Search>> = {
  migrate: (argv) => {
    const at = argv.findIndex((_, index) => index > 5 && word(argv, index) === 'keys');
    return at > 0 && argv[3] === '' ? range(at + 1, argv.length - at - 1, []) : [key(3, [])];
  },
  eval: (argv) => counted(argv, 2),
  evalsha: (argv) => counted(argv, 2),
  zunionstore: storedCount,
  zinterstore: storedCount,
  memory: (argv) => (argv.length >= 3 && word(argv, 1) === 'usage' ? [key(2, [])] : []),
  stralgo: (argv) => {
    const at = argv.findIndex((_, index) => index > 0 && word(argv, index) === 'keys');
    return at > 0 && at + 2 < argv.length ? range(at + 1, 2, []) : [];
  },
};

function migrate(argv: readonly ByteString[]): readonly FoundKey[] {
  const flags = ['RW', 'access', 'delete'];
  for (let at = 6; at < argv.length; at++) {
    const skipped = { auth: 1, auth2: 2 }[word(argv, at)];
    if (skipped !== undefined) at += skipped;
    else if (word(argv, at) === 'keys') {
      return argv[3] === '' ? range(at + 1, argv.length - at - 1, flags) : [];
    }
  }
  return [key(3, flags)];
}

function stored(argv: readonly ByteString[]): readonly FoundKey[] {
  let store: number | undefined;
  for (let at = 5; at + 1 < argv.length; at++) {
    if (['store', 'storedist'].includes(word(argv, at))) store = ++at;
  }
  return store === undefined ? [key(1, READ)] : [key(1, READ), key(store, OVERWRITE)];
}

/** Options of XREAD and XREADGROUP, and how many words each takes. */
const BEFORE_STREAMS: ReadonlyMap<string, number> = new Map([
  ['block', 1],
  ['count', 1],
  ['group', 2],
  ['noack', 0],
]);

function streams(argv: readonly ByteString[]): readonly FoundKey[] {
  for (let at = 1; at < argv.length; at++) {
    const option = word(argv, at);
    if (option === 'streams') {
      const rest = argv.length - at - 1;
      return rest % 2 === 0 ? range(at + 1, rest / 2, READ) : [];
    }
    const skipped = BEFORE_STREAMS.get(option);
    if (skipped === undefined) return [];
    at += skipped;
  }
  return [];
}

function onlyReads(argv: readonly ByteString[]): boolean {
  for (let at = 2; at < argv.length; at += 1) {
    const [option, left] = [word(argv, at), argv.length - at - 1];
    if (option === 'get' && left >= 2) at += 2;
    else if (option === 'overflow' && left >= 1) at += 1;
    else return false;
  }
  return true;
}

/** As many keys as argument `at` says, behind it. */
function counted(argv: readonly ByteString[], at: number): readonly FoundKey[] {
  const count = Number(/^\s{0,9}(\+?\d{1,9})/.exec(argv[at] ?? '')?.[1] ?? 0);
  return count < 1 || count > argv.length - at - 1 ? [] : range(at + 1, count, []);
}

function storedCount(argv: readonly ByteString[]): readonly FoundKey[] {
  const sources = counted(argv, 2);
  return sources.length === 0 ? [] : [...sources, key(1, [])];
}
