import type { Parameters } from './store-engine.ts';

/** Which events of the store are wanted; all conditions must hold. Times in milliseconds since 1970 UTC. */
export interface EventFilter {
  readonly since?: number;
  readonly until?: number;
  readonly source?: string;
  readonly sensor?: string;
  /** Country code, or `unknown`. */
  readonly country?: string;
  readonly asn?: number;
  readonly type?: string;
  /** Anywhere in the act, without regard to the case of ASCII letters; one character a byte. */
  readonly contains?: string;
  /** Only of these. */
  readonly sessions?: readonly string[];
}

export interface Statement {
  readonly sql: string;
  readonly parameters: Parameters;
}

function where(filter: EventFilter): Statement {
  const conditions: string[] = [];
  const parameters: Record<string, string | number | readonly string[]> = {};
  const add = (
    condition: string,
    name: string,
    value: string | number | readonly string[] | undefined,
  ): void => {
    if (value === undefined) return;
    conditions.push(condition);
    parameters[name] = value;
  };
  add('time >= fromUnixTimestamp64Milli({since:Int64})', 'since', filter.since);
  add('time < fromUnixTimestamp64Milli({until:Int64})', 'until', filter.until);
  add('peer.address = {source:String}', 'source', filter.source);
  add('sensor = {sensor:String}', 'sensor', filter.sensor);
  add('country = {country:String}', 'country', filter.country === 'unknown' ? '' : filter.country);
  add('asn = {asn:UInt32}', 'asn', filter.asn);
  add('type = {type:String}', 'type', filter.type);
  add('session IN {sessions:Array(String)}', 'sessions', filter.sessions);
  if (filter.contains !== undefined) {
    // In the act as JSON has it: quotes and control characters are escaped there.
    add(
      '(positionCaseInsensitive(act, {contains:String}) > 0 OR peer.address = {contains:String})',
      'contains',
      asciiText(filter.contains),
    );
  }
  return { sql: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}

/** As the journal's JSON writes it: text that people type comes as UTF-8. */
function asciiText(text: string): string {
  return JSON.stringify(Buffer.from(text).toString('latin1'))
    .slice(1, -1)
    .replace(/[\u007f-\u00ff]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

/** Rows `at` (seconds), `events`, `sessions`, `sources`: one for each bucket that has any. */
export function timelineStatement(filter: EventFilter, seconds: number): Statement {
  const { sql, parameters } = where(filter);
  return {
    sql: `SELECT intDiv(toUnixTimestamp(time), {step:UInt32}) * {step:UInt32} AS at, count() AS events,
uniq(session) AS sessions, uniq(peer.address) AS sources FROM events ${sql} GROUP BY at ORDER BY at`,
    parameters: { ...parameters, step: seconds },
  };
}

/** What can be counted by: its name in the API, and the SQL of it. */
export const COUNTED_BY = {
  country: "if(country = '', 'unknown', toString(country))",
  network: "if(asn = 0, 'unknown', concat('AS', toString(asn), ' ', network))",
  source: 'peer.address',
  sensor: 'sensor',
  command: 'command',
  type: 'type',
} as const;
export type CountedBy = keyof typeof COUNTED_BY;

/** Rows `name`, `events`, `sources`, the most events first. */
export function topStatement(by: CountedBy, filter: EventFilter, most: number): Statement {
  const { sql, parameters } = where(filter);
  const named = by === 'command' ? `${sql === '' ? 'WHERE' : `${sql} AND`} command != ''` : sql;
  return {
    sql: `SELECT ${COUNTED_BY[by]} AS name, count() AS events, uniq(peer.address) AS sources FROM events ${named}
GROUP BY name ORDER BY events DESC, name LIMIT {most:UInt32}`,
    parameters: { ...parameters, most },
  };
}

/** Rows that `storedEvent` reads, the newest first. */
export function eventsStatement(filter: EventFilter, offset: number, limit: number): Statement {
  const { sql, parameters } = where(filter);
  return {
    sql: `SELECT seq, toUnixTimestamp64Milli(time) AS at, vantage, sensor, session, peer.address AS address,
peer.port AS port, act, (SELECT any(journal) FROM progress) AS journal
FROM events ${sql} ORDER BY time DESC, seq DESC LIMIT {limit:UInt32} OFFSET {offset:UInt64}`,
    parameters: { ...parameters, limit, offset },
  };
}

/** One row `events`. */
export function countStatement(filter: EventFilter): Statement {
  const { sql, parameters } = where(filter);
  return { sql: `SELECT count() AS events FROM events ${sql}`, parameters };
}
