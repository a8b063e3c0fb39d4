import type { ByteString } from '../../model/bytes.ts';
import { timeOf } from '../time-of.ts';
import { clfTime } from './clf-time.ts';
import { isNothing } from './json-access.ts';
import type { JsonFields } from './json-record.ts';
import { jsonFields } from './json-record.ts';
import { addressOf } from './log-address.ts';
import type { Rest } from './request-line.ts';
import { request, spokenLine } from './request-line.ts';
import type { Lacks, LineParser, WebAct } from './web-entry.ts';
import { NO_ADDRESS } from './web-entry.ts';

/**
 * Audit logs of ModSecurity in JSON, one transaction a line: version 3 (`transaction.client_ip`, `transaction.request`), what
 * Coraza makes of it (lists of header values, `unix_timestamp`), and version 2 (`transaction.remote_address`, `request`).
 * Which parts are there decides SecAuditLogParts: B has the headers, C or I the body.
 */
export function createModSecurityParser(): LineParser {
  return (line) => {
    if (isNothing(line)) return undefined;
    const record = jsonFields(line);
    if (record === undefined) return 'it is not a JSON object';
    if (typeof record.value('transaction') !== 'object') return 'it has no transaction';
    const peer = addressOf(record.text('transaction.client_ip', 'transaction.remote_address'));
    if (peer === undefined) return NO_ADDRESS;
    const headers = record.pairs('transaction.request.headers') ?? record.pairs('request.headers');
    const body = bodyOf(record);
    const lacks: Lacks = [
      ...(headers === undefined ? (['headers'] as const) : []),
      ...(body === undefined ? (['body'] as const) : []),
    ];
    const status = record.number(
      'transaction.response.http_code',
      'transaction.response.status',
      'response.status',
    );
    const rest: Rest = { headers: headers ?? [], body: body ?? '', status: Math.trunc(status) || 0, lacks };
    const act = actOf(record, rest);
    if (act === undefined) return undefined;
    const forwarded = rest.headers
      .filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
      .map(([, value]) => value)
      .join(',');
    const local = addressOf(record.text('transaction.host_ip', 'transaction.local_address'));
    const port = portOf(record.number('transaction.client_port', 'transaction.remote_port'));
    const localPort = portOf(record.number('transaction.host_port', 'transaction.local_port'));
    return {
      time: timeIn(record),
      peer: { ...peer, port },
      ...(forwarded === '' ? {} : { forwarded }),
      ...(local === undefined ? {} : { local: { address: local.address, port: localPort } }),
      act,
      received: sizeOf(rest),
      sent: 0,
    };
  };
}

function actOf(record: JsonFields, rest: Rest): WebAct | undefined {
  const line = record.text('request.request_line');
  if (line !== '') return spokenLine(line, rest);
  const method = record.text('transaction.request.method');
  const target = record.text('transaction.request.uri');
  if (method === '' && target === '') return undefined;
  const version = record.text('transaction.request.http_version');
  // A JSON number: 1.0 and 2.0 are written without their zero.
  const whole = /^\d$/.test(version) ? `${version}.0` : version;
  return request(method, target, whole.startsWith('HTTP/') ? whole.slice(5) : whole, rest);
}

/** Version 2 writes a list of pieces. */
function bodyOf(record: JsonFields): ByteString | undefined {
  if (typeof record.value('transaction.request.body') === 'string')
    return record.text('transaction.request.body');
  return record
    .pairs('request')
    ?.filter(([name]) => name === 'body')
    .map(([, piece]) => piece)
    .reduce<ByteString | undefined>((all, piece) => (all ?? '') + piece, undefined);
}

/** Version 3 writes `Wed Nov  1 10:10:10 2023` on the server's clock; it has no zone and is read as UTC. */
function timeIn(record: JsonFields): number {
  const unix = timeOf(record.value('transaction.unix_timestamp'));
  // Nanoseconds, in some releases of Coraza.
  if (!Number.isNaN(unix)) return unix > 1e16 ? unix / 1e6 : unix;
  const text = record.text('transaction.time_stamp', 'transaction.timestamp', 'transaction.time');
  const found = /^[A-Za-z]{3} ([A-Za-z]{3}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text.slice(0, 40));
  if (found === null) {
    const clf = clfTime(text.slice(0, 40));
    return Number.isNaN(clf) ? timeOf(text.replaceAll('/', '-')) : clf;
  }
  const [, month = '', day = '', clock = '', year = ''] = found;
  return clfTime(`${day.padStart(2, '0')}/${month}/${year}:${clock}`);
}

function portOf(port: number): number {
  return Number.isInteger(port) && port <= 65_535 ? port : 0;
}

function sizeOf({ headers, body }: Rest): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, body.length);
}
