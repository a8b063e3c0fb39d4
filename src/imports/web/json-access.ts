import type { ByteString } from '../../model/bytes.ts';
import { timeOf } from '../time-of.ts';
import { clfTime } from './clf-time.ts';
import { jsonHeaders } from './json-headers.ts';
import { NAMES } from './json-names.ts';
import type { JsonFields } from './json-record.ts';
import { jsonFields } from './json-record.ts';
import { createAddressReader } from './log-address.ts';
import type { Rest } from './request-line.ts';
import { request, spokenLine } from './request-line.ts';
import type { Lacks, LineParser, WebAct } from './web-entry.ts';
import { NO_ADDRESS, NO_STATUS } from './web-entry.ts';

/** 1980; what is said to be earlier is no time. */
const EARLIEST = 315_532_800_000;
const LONGEST_TIME = 40;

/** JSON lines of web servers and proxies, by the names that they use (see json-names.ts). */
export function createJsonAccessParser(): LineParser {
  const readAddress = createAddressReader();

  return (line) => {
    if (isNothing(line)) return undefined;
    const record = jsonFields(line);
    if (record === undefined) return 'it is not a JSON object';
    const spoken = record.text(...NAMES.line);
    const method = record.text(...NAMES.method);
    // Of the server itself, beside its requests.
    if (spoken === '' && method === '') return undefined;
    const peer = readAddress(record.text(...NAMES.peer));
    if (peer === undefined) return NO_ADDRESS;
    const status = record.number(...NAMES.status);
    if (Number.isNaN(status)) return NO_STATUS;
    const { headers, whole } = jsonHeaders(record);
    const body = record.text(...NAMES.body);
    const { target, query } = targetOf(record);
    const lacks: Lacks = [
      ...(whole ? [] : (['headers'] as const)),
      ...(NAMES.body.some((name) => typeof record.value(name) === 'string') ? [] : (['body'] as const)),
      ...(query || spoken.includes(' ') ? [] : (['query'] as const)),
    ];
    const rest: Rest = { headers, body, status: Math.trunc(status), lacks };
    const act = actOf(record, { spoken, method, target }, rest);
    if (act === undefined) return undefined;
    const forwarded = forwardedOf(record, headers);
    return {
      time: timeIn(record),
      peer: peer.port > 0 ? peer : { ...peer, port: portIn(record) },
      ...(forwarded === '' ? {} : { forwarded }),
      act,
      received: Math.trunc(record.number(...NAMES.received)) || target.length + body.length,
      sent: Math.trunc(record.number(...NAMES.sent)) || 0,
    };
  };
}

/** Empty, or a bracket of a list around the lines. */
export function isNothing(line: ByteString): boolean {
  const bare = line.length > 8 ? line : line.trim();
  return bare === '' || bare === '[' || bare === ']';
}

function actOf(
  record: JsonFields,
  said: { readonly spoken: ByteString; readonly method: ByteString; readonly target: ByteString },
  rest: Rest,
): WebAct | undefined {
  const { spoken, method, target } = said;
  if (spoken.includes(' ') || method === '') return spokenLine(spoken, rest);
  const version = record.text(...NAMES.version);
  return request(method, target, version.startsWith('HTTP/') ? version.slice(5) : version, rest);
}

/** `query` says whether the target has its query, as far as there was one. */
function targetOf(record: JsonFields): { readonly target: ByteString; readonly query: boolean } {
  const whole = record.text(...NAMES.target);
  if (whole !== '') return { target: whole, query: true };
  const path = record.text(...NAMES.path);
  if (path.includes('?')) return { target: path, query: true };
  const told = record.text(...NAMES.query);
  const query = told.startsWith('?') ? told.slice(1) : told;
  const known = NAMES.query.some((name) => typeof record.value(name) === 'string');
  return { target: query === '' ? path : `${path}?${query}`, query: known };
}

function forwardedOf(record: JsonFields, headers: readonly (readonly [string, string])[]): ByteString {
  const told = record.text(...NAMES.forwarded);
  if (told !== '') return told;
  return headers
    .filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
    .map(([, value]) => value)
    .join(',');
}

function timeIn(record: JsonFields): number {
  for (const name of NAMES.time) {
    const value = record.value(name);
    const time = timeOf(value);
    // In some logs `time` is how long it took.
    if (time >= EARLIEST) return time;
    const clf = typeof value === 'string' ? clfTime(value.slice(0, LONGEST_TIME)) : Number.NaN;
    if (!Number.isNaN(clf)) return clf;
  }
  return Number.NaN;
}

function portIn(record: JsonFields): number {
  const port = record.number(...NAMES.port);
  return Number.isInteger(port) && port <= 65_535 ? port : 0;
}
