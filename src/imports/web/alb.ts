import type { ByteString } from '../../model/bytes.ts';
import { timeOf } from '../time-of.ts';
import { statusAt } from './combined.ts';
import { createAddressReader } from './log-address.ts';
import { spokenLine } from './request-line.ts';
import { closingQuote, unescaped } from './unescaped.ts';
import type { Headers, Lacks, LineParser } from './web-entry.ts';
import { NO_ADDRESS, NO_STATUS } from './web-entry.ts';
import { wholeNumber } from './whole-number.ts';

const LACKS: Lacks = ['headers', 'body'];
const TYPES = new Set(['http', 'https', 'h2', 'grpcs', 'ws', 'wss']);
/** Words in front of the request. */
const WORDS = 12;
const LONGEST_HEAD = 2_048;

/**
 * Access logs of an AWS Application Load Balancer (its user guide, "Access log entries"): `TYPE TIME ELB CLIENT:PORT
 * TARGET:PORT 3 TIMES ELB_STATUS TARGET_STATUS RECEIVED SENT "REQUEST" "USER AGENT" ...`. The balancer writes the request's
 * target as a URL of its own making, `https://host:443/path`: it is taken apart again into Host and path.
 */
export function createAlbParser(): LineParser {
  const readAddress = createAddressReader();

  return (line) => {
    const quote = line.slice(0, LONGEST_HEAD).indexOf('"');
    const words = line.slice(0, Math.max(0, quote)).split(' ', WORDS + 2);
    const [type = '', time = '', , client = ''] = words;
    if (words.length !== WORDS + 1 || !TYPES.has(type))
      return line === '' ? undefined : 'it is no line of an ALB';
    const peer = readAddress(client);
    if (peer === undefined) return NO_ADDRESS;
    const status = statusAt(words[8] ?? '', 0);
    if (status < 0) return NO_STATUS;
    const end = closingQuote(line, quote + 1);
    if (end < 0) return 'a quote is not closed';
    const { host, spoken } = takenApart(unescaped(line.slice(quote + 1, end)));
    const headers: Headers = host === '' ? [] : [['Host', host]];
    const agentEnd = line.startsWith(' "', end + 1) ? closingQuote(line, end + 3) : -1;
    const agent = line.slice(end + 3, Math.max(end + 3, agentEnd));
    if (agent !== '' && agent !== '-') headers.push(['User-Agent', unescaped(agent)]);
    const act = spokenLine(spoken, { headers, body: '', status, lacks: LACKS });
    if (act === undefined) return undefined;
    const [received, sent] = [wholeNumber(words[10] ?? ''), wholeNumber(words[11] ?? '')];
    return { time: timeOf(time), peer, act, received, sent };
  };
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  http: ':80',
  ws: ':80',
  https: ':443',
  wss: ':443',
};

/** `GET https://host:443/path HTTP/1.1` as `GET /path HTTP/1.1` for `host`. A client that sent no request is `- http://host:80- -`. */
function takenApart(line: ByteString): { readonly host: ByteString; readonly spoken: ByteString } {
  if (line.startsWith('- ')) return { host: '', spoken: '-' };
  const blank = line.indexOf(' ');
  const scheme = line.indexOf('://', blank);
  const name = line.slice(blank + 1, scheme);
  const port = DEFAULT_PORTS[name];
  if (blank <= 0 || scheme < 0 || port === undefined) return { host: '', spoken: line };
  const from = scheme + 3;
  const slash = line.indexOf('/', from);
  const end = line.indexOf(' ', from);
  const to = slash < 0 || (end >= 0 && end < slash) ? end : slash;
  const authority = line.slice(from, Math.max(from, to));
  if (authority === '' || authority.includes('?')) return { host: '', spoken: line };
  const host = authority.endsWith(port) ? authority.slice(0, -port.length) : authority;
  const path = to === end ? `/${line.slice(to)}` : line.slice(to);
  return { host, spoken: `${line.slice(0, blank)} ${path}` };
}
