import type { ByteString } from '../../model/bytes.ts';
import type { AuditConnection } from '../connection.ts';
import type { AuditLimits } from '../limits.ts';
import { errorOf } from '../reply-values.ts';
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
  walk: Walk,
  seen: (value: ReadValue) => void,
): Promise<void> {
  const databases = chosenDatabases(facts, limits);
  walk.total = databases.reduce((sum, { keys }) => sum + keys, 0);
  const cluster = facts.info?.get('cluster_enabled') === '1';
  const small = walk.total <= limits.allNames;
  const readInto = async (db: number, keys: readonly ByteString[], headBytes: number): Promise<void> => {
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

function chosenDatabases({ info, target }: ServerFacts, limits: AuditLimits): Database[] {
  const all = info === undefined ? [{ index: target.db ?? 0, keys: 1 }] : databasesOf(info);
  const wanted = target.db === undefined ? all : all.filter(({ index }) => index === target.db);
  return wanted.slice(0, limits.databases);
}

async function select(connection: AuditConnection, db: number, walk: Walk): Promise<boolean> {
  const [reply] = await connection.ask([['SELECT', String(db)]]);
  const error = errorOf(reply);
  // A user without SELECT is in database 0 and stays there.
  if (error === undefined || (db === 0 && error.startsWith('NOPERM'))) return true;
  walk.refusals.add(`SELECT ${db} (${error})`);
  walk.complete = false;
  return false;
}

/** Names taken at even distances, so that every part of the table is looked at. */
function spread(names: readonly ByteString[], wanted: number): ByteString[] {
  if (names.length <= wanted) return [...names];
  return Array.from({ length: wanted }, (_, at) => names[Math.floor((at * names.length) / wanted)] ?? '');
}
