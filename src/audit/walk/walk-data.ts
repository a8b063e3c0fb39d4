import type { AuditDepth } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { AuditConnection } from '../ask/connection.ts';
import { errorOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { Database } from './databases.ts';
import { databasesOf } from './databases.ts';
import { namedKeys } from './named-keys.ts';
import type { ReadCounts, ReadValue } from './read-values.ts';
import { readValues } from './read-values.ts';
import { sampleNames, scanAllNames } from './scan-names.ts';

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
    finished: false,
  };
}

/**
 * Looks for the known names in every database, then reads names and values as far as the limits go: values of the
 * named keys first, then of a sample. `seen` gets every value as it comes; nothing is kept here.
 */
export async function walkData(
  connection: AuditConnection,
  facts: ServerFacts,
  knownNames: readonly ByteString[],
  limits: AuditLimits,
  depth: AuditDepth,
  walk: Walk,
  seen: (value: ReadValue) => void,
): Promise<void> {
  const chosen = chosenDatabases(facts);
  const databases = chosen.slice(0, limits.databases);
  walk.left = chosen.length - databases.length;
  walk.total = chosen.reduce((sum, { keys }) => sum + keys, 0);
  const reaches = (wanted: AuditDepth): boolean => depthRank(depth) >= depthRank(wanted);
  if (!reaches('L3')) {
    walk.complete = false;
    walk.finished = true;
    return;
  }
  const cluster = facts.info?.get('cluster_enabled') === '1';
  const small = walk.total <= limits.allNames;
  const readInto = async (db: number, keys: readonly ByteString[], headBytes: number): Promise<void> => {
    if (!reaches('L4')) return;
    const counts = await readValues(connection, db, keys, headBytes, limits, seen);
    walk.read += counts.read;
    walk.skipped += counts.skipped;
    walk.refused += counts.refused;
  };
  const samples: { db: Database; names: readonly ByteString[] }[] = [];
  for (const db of databases) {
    if (!(await select(connection, db.index, walk))) continue;
    const known = await namedKeys(connection, knownNames, cluster, limits);
    if (known.refused !== undefined) walk.refusals.add(`EXISTS (${known.refused})`);
    for (const key of known.found) walk.named.push({ db: db.index, key });
    const flagged = known.found.slice(0, limits.flagged);
    await readInto(db.index, flagged, limits.flaggedHeadBytes);
    const share = Math.max(1, Math.ceil((limits.sampledNames * db.keys) / Math.max(1, walk.total)));
    const scanned = small
      ? await scanAllNames(connection, db.keys, limits.allNames * 2, limits)
      : await sampleNames(connection, share, limits);
    if (scanned.refused !== undefined) walk.refusals.add(`SCAN (${scanned.refused})`);
    walk.names += scanned.names.size;
    walk.complete &&= scanned.complete;
    const done = new Set(flagged);
    samples.push({ db, names: [...scanned.names].filter((name) => !done.has(name)) });
  }
  const names = samples.reduce((sum, sample) => sum + sample.names.length, 0);
  for (const sample of samples) {
    const wanted = Math.ceil((limits.values * sample.names.length) / Math.max(1, names));
    if (sample.names.length === 0 || !(await select(connection, sample.db.index, walk))) continue;
    await readInto(sample.db.index, spread(sample.names, wanted), limits.headBytes);
  }
  walk.finished = true;
}

/** The database of the target is asked for even when INFO does not list it: it may not exist, which is not "no keys". */
function chosenDatabases({ info, subject }: ServerFacts): Database[] {
  const all = info === undefined ? [{ index: subject.db ?? 0, keys: 1 }] : databasesOf(info);
  if (subject.db === undefined) return all;
  return [all.find(({ index }) => index === subject.db) ?? { index: subject.db, keys: 0 }];
}

const MOST_REFUSALS = 5;

async function select(connection: AuditConnection, db: number, walk: Walk): Promise<boolean> {
  const [reply] = await connection.ask([['SELECT', String(db)]]);
  const error = errorOf(reply);
  // A user without SELECT is in database 0 and stays there.
  if (error === undefined || (db === 0 && error.startsWith('NOPERM'))) return true;
  if (walk.closed < MOST_REFUSALS) walk.refusals.add(`SELECT ${db} (${error})`);
  walk.complete = false;
  walk.closed += 1;
  return false;
}

/** Names taken at even distances, so that every part of the table is looked at. */
function spread(names: readonly ByteString[], wanted: number): ByteString[] {
  if (names.length <= wanted) return [...names];
  return Array.from({ length: wanted }, (_, at) => names[Math.floor((at * names.length) / wanted)] ?? '');
}
