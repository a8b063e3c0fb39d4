import type { AuditDepth } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import type { Clock } from '../../platform/clock.ts';
import { MOST_NAMES } from '../ask/allowed.ts';
import type { AuditConnection } from '../ask/connection.ts';
import { errorOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import type { ServerFacts } from '../server-facts.ts';
import { compareVersions } from '../vulnerable/server-version.ts';
import type { Database } from './databases.ts';
import { databasesOf } from './databases.ts';
import { askForNames, singleOut } from './named-keys.ts';
import type { OddNames } from './odd-names.ts';
import { collectOddNames, spreadOver } from './odd-names.ts';
import { createPacer } from './pacer.ts';
import type { ReadCounts, ReadValue } from './read-values.ts';
import { readValues } from './read-values.ts';
import { sampleNames, scanAllNames } from './scan-names.ts';
import { serverLoad } from './server-load.ts';
import { WalkStopped } from './walk-stopped.ts';

export interface KeyPlace {
  readonly db: number;
  readonly key: ByteString;
}

/** What was looked at in the data; counts grow while the walk goes on, so that a broken walk tells how far it came. */
export interface Walk extends ReadCounts {
  /** Keys in all databases, as the server says. */
  total: number;
  /** Names seen by SCAN. */
  names: number;
  /** Every name was seen. */
  complete: boolean;
  /** Keys that exist under one of the names looked for. */
  readonly named: KeyPlace[];
  /** What was refused, in the server's words. */
  readonly refusals: Set<string>;
  /** Databases that the server did not let us into. */
  closed: number;
  /** Databases beyond the limit, which nobody looked at. */
  left: number;
  /** It came to its end. */
  finished: boolean;
  /** Why it did not, when that was our choice. */
  stopped: string | undefined;
  /** Why no value was read, though names were. */
  untouched: string | undefined;
}

export function newWalk(): Walk {
  return {
    total: 0,
    names: 0,
    complete: true,
    named: [],
    refusals: new Set(),
    closed: 0,
    left: 0,
    read: 0,
    skipped: 0,
    refused: 0,
    bytes: 0,
    finished: false,
    stopped: undefined,
    untouched: undefined,
  };
}

export interface WalkOptions {
  readonly facts: ServerFacts;
  /** Names to ask for in every database. */
  readonly knownNames: readonly ByteString[];
  readonly limits: AuditLimits;
  readonly depth: AuditDepth;
  readonly clock: Clock;
  /** Filled while it goes on. */
  readonly walk: Walk;
  /** True when the name by itself is worth a look at the value. */
  readonly isSuspect: (place: KeyPlace) => boolean;
  /** Gets every value as it comes; nothing is kept here. */
  readonly seen: (value: ReadValue) => void;
}

/**
 * Looks for the known names in every database, then reads names and values as far as the limits go: values of the
 * named keys first, then of names that look odd, then of a sample.
 */
export async function walkData(connection: AuditConnection, options: WalkOptions): Promise<void> {
  const { facts, depth, limits, walk } = options;
  const chosen = chosenDatabases(facts);
  const databases = chosen.slice(0, limits.databases);
  walk.left = chosen.length - databases.length;
  walk.total = chosen.reduce((sum, { keys }) => sum + keys, 0);
  if (depthRank(depth) < depthRank('L3')) {
    walk.complete = false;
    walk.finished = true;
    return;
  }
  try {
    await walkDatabases(connection, databases, options);
    walk.finished = walk.stopped === undefined;
  } catch (error) {
    if (!(error instanceof WalkStopped)) throw error;
    walk.stopped = error.message;
    walk.complete = false;
  }
}

async function walkDatabases(
  connection: AuditConnection,
  databases: readonly Database[],
  { facts, knownNames, limits: wished, depth, clock, walk, isSuspect, seen }: WalkOptions,
): Promise<void> {
  const load = serverLoad(facts.info);
  const limits = load.tight ? { ...wished, ...TIGHT } : wished;
  const pacer = createPacer(connection, limits, clock);
  const cluster = facts.info?.get('cluster_enabled') === '1';
  const budget = { limits, clock, until: clock.monotonic() + limits.namesMs };
  if (depthRank(depth) >= depthRank('L4')) walk.untouched = limits.touch ? undefined : whyUntouched(facts);
  const readsValues = depthRank(depth) >= depthRank('L4') && walk.untouched === undefined;
  const readInto = (db: number, keys: readonly ByteString[], headBytes: number): Promise<void> =>
    readsValues ? readValues(pacer, db, keys, headBytes, limits, walk, seen) : Promise.resolve();
  const samples: {
    readonly db: number;
    readonly flagged: ReadonlySet<ByteString>;
    readonly names: OddNames;
  }[] = [];
  const enter = databaseSwitch(connection, walk);
  for (const { index: db, keys } of databases) {
    const fewKeys = keys <= FEW_KEYS && load.busy === undefined;
    if (db === 0 && fewKeys && !cluster) foresee(connection, knownNames, pacer.count);
    if (!(await enter(db))) continue;
    const names = collectOddNames(limits.values);
    const scan = async (): Promise<void> => {
      const share = Math.max(1, Math.ceil((limits.sampledNames * keys) / Math.max(1, walk.total)));
      const add = (name: ByteString): void => {
        // Nobody's application has such names, and to ask for them would be a burden.
        if (name.length > LONGEST_NAME) walk.skipped += 1;
        else names.add(name);
      };
      const scanned =
        walk.total <= limits.allNames
          ? await scanAllNames(pacer, keys, budget, add)
          : await sampleNames(pacer, share, budget, add);
      if (scanned.refused !== undefined) walk.refusals.add(`SCAN (${scanned.refused})`);
      walk.names += scanned.count;
      walk.complete &&= scanned.complete;
    };
    const asked = await askForNames(pacer, knownNames, cluster);
    if (asked.refused !== undefined) walk.refusals.add(`EXISTS (${asked.refused})`);
    if (fewKeys) await scan();
    const known = await singleOut(pacer, asked, cluster);
    for (const key of known) walk.named.push({ db, key });
    if (load.busy !== undefined) continue;
    const flagged = new Set(known.slice(0, limits.flagged));
    await readInto(db, [...flagged], Math.min(limits.flaggedHeadBytes, limits.headBytes * HEAD_FACTOR));
    if (!fewKeys) await scan();
    samples.push({ db, flagged, names });
  }
  if (load.busy !== undefined) throw new WalkStopped(load.busy);
  const total = samples.reduce((sum, { names }) => sum + names.count, 0);
  for (const { db, flagged, names } of samples) {
    if (names.count === 0 || !(await enter(db))) continue;
    const wanted = Math.ceil((limits.values * names.count) / Math.max(1, total));
    const odd = names.odd().filter((key) => !flagged.has(key));
    const suspects = odd.filter((key) => isSuspect({ db, key }));
    const first = [
      ...new Set([...suspects.slice(0, limits.flagged), ...odd.slice(0, Math.ceil(wanted / 2))]),
    ];
    await readInto(db, first, limits.headBytes);
    const done = new Set([...flagged, ...first]);
    const rest = names.sample(wanted + done.size).filter((key) => !done.has(key));
    await readInto(db, spreadOver(rest, Math.max(0, wanted - first.length)), limits.headBytes);
  }
}

/** Replies that fit the 16 KiB that a server holds for a client anyway: not a byte more of its memory is used. */
const TIGHT = { batch: 8, headBytes: 1_024 };
const HEAD_FACTOR = 16;
const LONGEST_NAME = 8_192;
/** So few names are a page or two: they come with the first answer. */
const FEW_KEYS = 500;

/**
 * Before 7.2 reading a value makes it look recently used: where memory is limited and the least used go first, that
 * changes what is evicted. A replica evicts nothing by itself.
 */
function whyUntouched({ info, settings, engine }: ServerFacts): string | undefined {
  if (engine?.parsed === undefined || compareVersions(engine.parsed, [7, 2, 0]) >= 0) return undefined;
  const memory = settings?.get('maxmemory') ?? info?.get('maxmemory') ?? '0';
  const policy = settings?.get('maxmemory-policy') ?? info?.get('maxmemory_policy') ?? '';
  if (memory === '0' || !/lru|lfu/.test(policy) || info?.get('role') === 'slave') return undefined;
  return `it evicts by ${printable(policy, 40)}, and before 7.2 reading a value changes what goes next; --touch reads them all the same, a replica can be asked instead`;
}

/** The database of the target is asked for even when INFO does not list it: it may not exist, which is not "no keys". */
function chosenDatabases({ info, subject }: ServerFacts): Database[] {
  const all = info === undefined ? [{ index: subject.db ?? 0, keys: 1 }] : databasesOf(info);
  if (subject.db === undefined) return all;
  return [all.find(({ index }) => index === subject.db) ?? { index: subject.db, keys: 0 }];
}

/** The first questions of the database that every connection begins in. */
function foresee(connection: AuditConnection, names: readonly ByteString[], count: number): void {
  if (names.length > MOST_NAMES) return;
  const known = names.length === 0 ? [] : [['EXISTS', ...names]];
  connection.foresee([...known, ['SCAN', '0', 'COUNT', String(count)]]);
}

const MOST_REFUSALS = 5;

/** Goes from one database to another; false when the server does not let us in. */
function databaseSwitch(connection: AuditConnection, walk: Walk): (db: number) => Promise<boolean> {
  let current = 0;
  return async (db) => {
    if (db === current) return true;
    const [reply] = await connection.ask([['SELECT', String(db)]]);
    const error = errorOf(reply);
    if (error === undefined) {
      current = db;
      return true;
    }
    if (walk.closed < MOST_REFUSALS) walk.refusals.add(`SELECT ${db} (${error})`);
    walk.complete = false;
    walk.closed += 1;
    return false;
  };
}
