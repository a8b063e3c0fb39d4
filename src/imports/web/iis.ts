import type { ByteString } from '../../model/bytes.ts';
import { timeOf } from '../time-of.ts';
import { createAddressReader } from './log-address.ts';
import { request } from './request-line.ts';
import type { Headers, Lacks, LineParser, Parsed } from './web-entry.ts';
import { NO_ADDRESS, NO_STATUS } from './web-entry.ts';
import { portNumber, wholeNumber } from './whole-number.ts';

/** Columns remembered of one #Fields line. */
const MOST_COLUMNS = 256;

/**
 * The W3C extended log format as IIS writes it: `#Fields:` names the columns, and may do so again further down. Times are
 * UTC. A blank within a value is a plus sign, and so is a plus sign: it becomes a blank in headers, where blanks are, and
 * stays in the target, where none can be.
 */
export function createIisParser(): LineParser {
  const readAddress = createAddressReader();
  let columns: ReadonlyMap<string, number> | undefined;
  let count = 0;
  let date = '';

  const row = (line: ByteString, known: ReadonlyMap<string, number>): Parsed => {
    const words = line.split(' ', MOST_COLUMNS + 1);
    if (words.length !== count) return `it has ${words.length} columns, and #Fields ${count}`;
    const at = (name: string): ByteString => {
      const word = words[known.get(name) ?? -1] ?? '';
      return word === '-' ? '' : word;
    };
    const peer = readAddress(at('c-ip'));
    if (peer === undefined) return NO_ADDRESS;
    const status = at('sc-status');
    if (!/^\d{1,3}$/.test(status)) return NO_STATUS;
    const method = at('cs-method');
    if (method === '') return undefined;
    const query = at('cs-uri-query');
    const lacks: Lacks = known.has('cs-uri-query') ? ['headers', 'body'] : ['headers', 'body', 'query'];
    const headers = headersOf(known, at);
    const target = at('cs-uri-stem') + (query === '' ? '' : `?${query}`);
    const version = at('cs-version').replace('HTTP/', '');
    const local = readAddress(at('s-ip'));
    const forwarded = at('x-forwarded-for') || at('cs(x-forwarded-for)');
    return {
      time: timeOf(`${at('date') || date} ${at('time')}`),
      peer,
      // Whole headers are logged with blanks as plus signs, also those between addresses.
      ...(forwarded === '' ? {} : { forwarded: forwarded.replaceAll('+', '') }),
      ...(local === undefined
        ? {}
        : { local: { address: local.address, port: portNumber(at('s-port'), 80) } }),
      act: request(method, target, version, { headers, body: '', status: Number(status), lacks }),
      received: wholeNumber(at('cs-bytes'), target.length),
      sent: wholeNumber(at('sc-bytes')),
    };
  };
  return (line) => {
    if (line.charCodeAt(0) !== 35) {
      if (line === '') return undefined;
      return columns === undefined ? 'no #Fields stands before it' : row(line, columns);
    }
    if (line.startsWith('#Fields:')) {
      const names = line.slice(8).trim().split(' ', MOST_COLUMNS);
      count = names.length;
      columns = new Map(names.map((name, index) => [name.toLowerCase(), index]));
    } else if (line.startsWith('#Date:')) date = line.slice(6).trim().slice(0, 10);
    return undefined;
  };
}

const SPELT: Readonly<Record<string, string>> = {
  host: 'Host',
  referer: 'Referer',
  'user-agent': 'User-Agent',
  cookie: 'Cookie',
};

/** Columns `cs(NAME)` are headers, `cs-host` is one. */
function headersOf(known: ReadonlyMap<string, number>, at: (name: string) => ByteString): Headers {
  const headers: Headers = [];
  for (const column of known.keys()) {
    const name = column === 'cs-host' ? 'host' : column.startsWith('cs(') ? column.slice(3, -1) : '';
    const value = name === '' ? '' : at(column);
    if (value !== '') headers.push([SPELT[name] ?? name, value.replaceAll('+', ' ')]);
  }
  return headers;
}
