import type { Footprint, MovedCounter } from '../../model/audit-report.ts';
import type { ByteString } from '../../model/bytes.ts';
import { counterIn } from '../../redis/info.ts';
import type { Witness } from './witness.ts';

type Info = ReadonlyMap<string, ByteString>;

/** Counters of INFO that reading moves, or that tell whether somebody wrote. */
const COUNTERS = [
  'total_connections_received',
  'total_commands_processed',
  'keyspace_hits',
  'keyspace_misses',
  'expired_keys',
  'evicted_keys',
  'total_error_replies',
  'acl_access_denied_cmd',
  'rdb_changes_since_last_save',
  'rdb_last_save_time',
];
/** What nobody moves who only reads. */
const DATA = ['rdb_changes_since_last_save', 'rdb_last_save_time'];
const MOST_COUNTERS = 300;

/** What moved between the first INFO and the last, and what of it was us. */
export function footprint(witness: Witness): Footprint {
  const { before, after } = witness;
  return {
    connections: 1,
    bytesSent: witness.traffic.sent,
    bytesReceived: witness.traffic.received,
    counters: before === undefined || after === undefined ? [] : moved(before, after, witness.tally),
    ...(before === undefined || after === undefined ? {} : { dataUnchanged: isUnchanged(before, after) }),
  };
}

/** What a reader does to a primary without a write; undefined when nothing of it happened. */
export function expiryNote({ counters }: Footprint, info: Info | undefined): string | undefined {
  const expired = counters.find(({ name }) => name === 'expired_keys');
  if (expired === undefined || info?.get('role') === 'slave') return undefined;
  return `nothing, but note: ${expired.after - expired.before} keys past their time to live were removed meanwhile. A primary removes such a key when anybody asks for it; a replica does not`;
}

function moved(before: Info, after: Info, tally: ReadonlyMap<string, number>): MovedCounter[] {
  const counters: MovedCounter[] = [];
  const compare = (name: string): void => {
    // A statistic that is not listed has never been counted; nothing else that is missing can be compared.
    const [left, right] = [before.get(name), after.get(name)];
    if (left === right || counters.length >= MOST_COUNTERS) return;
    const [was, is] = [valueOf(left, name), valueOf(right, name)];
    if (was === undefined || is === undefined || was === is) return;
    counters.push({ name: name.slice(0, 128), before: was, after: is, ours: tally.get(name) ?? 0 });
  };
  for (const name of COUNTERS) compare(name);
  for (const name of after.keys()) {
    if (name.startsWith('cmdstat_') || name.startsWith('errorstat_') || isDatabase(name)) compare(name);
  }
  for (const name of before.keys()) if (isDatabase(name) && !after.has(name)) compare(name);
  return counters;
}

function isUnchanged(before: Info, after: Info): boolean {
  const same = (name: string): boolean =>
    before.get(name) === after.get(name) ||
    valueOf(before.get(name), name) === valueOf(after.get(name), name);
  for (const name of DATA) if (!same(name)) return false;
  for (const name of after.keys()) if (isDatabase(name) && !same(name)) return false;
  for (const name of before.keys()) if (isDatabase(name) && !after.has(name)) return false;
  return true;
}

/** `db0`, up to five digits: asked of every field, so without an expression. */
function isDatabase(name: string): boolean {
  if (!name.startsWith('db') || name.length < 3 || name.length > 7) return false;
  for (let at = 2; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

function valueOf(text: ByteString | undefined, name: string): number | undefined {
  if (name.startsWith('cmdstat_')) return counterIn(text ?? '', 'calls');
  if (name.startsWith('errorstat_')) return counterIn(text ?? '', 'count');
  if (isDatabase(name)) return counterIn(text ?? '', 'keys');
  return text !== undefined && /^\d{1,15}$/.test(text.slice(0, 16)) ? Number(text) : undefined;
}
