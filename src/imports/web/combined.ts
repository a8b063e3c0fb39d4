import type { ByteString } from '../../model/bytes.ts';
import { createClfTime, isClfDate } from './clf-time.ts';
import type { AddressReader } from './log-address.ts';
import { createAddressReader } from './log-address.ts';
import { spokenLine } from './request-line.ts';
import { closingQuote, unescaped } from './unescaped.ts';
import type { Headers, Lacks, LineParser, WebEntry } from './web-entry.ts';
import { NO_ADDRESS, NO_STATUS } from './web-entry.ts';
import { portNumber, wholeNumber } from './whole-number.ts';

/** Length of `10/Oct/2000:13:55:36 -0700`. */
const DATE = 26;
const LACKS: Lacks = ['headers', 'body'];

/**
 * Lines as nginx (`combined`) and Apache (`common`, `combined`, `vhost_combined`) write them:
 * `[HOST:PORT ]ADDRESS IDENT USER [TIME] "REQUEST" STATUS BYTES[ "REFERER" "USER AGENT"][ ...]`. The last quoted field
 * behind the user agent is X-Forwarded-For, where somebody has put it there and `forwarded` is asked for. Escapes and odd
 * requests were seen of nginx 1.22.1 and Apache 2.4.68.
 */
export function createCombinedParser(forwarded: boolean): LineParser {
  const readAddress = createAddressReader();
  const readTime = createClfTime();

  return (line) => {
    const open = timeBracket(line);
    if (open < 0) return line === '' ? undefined : 'it has no [time] with a "request" behind it';
    const who = visitorOf(line, open, readAddress);
    if (who === undefined) return NO_ADDRESS;
    const from = open + DATE + 4;
    const end = closingQuote(line, from);
    if (end < 0) return 'a quote is not closed';
    const status = statusAt(line, end + 2);
    if (status < 0) return NO_STATUS;
    const sentEnd = endOfWord(line, end + 6);
    const headers: Headers = [];
    const behind = quotedHeaders(line, sentEnd + 1, headers);
    const act = spokenLine(unescaped(line.slice(from, end)), { headers, body: '', status, lacks: LACKS });
    if (act === undefined) return undefined;
    const entry: WebEntry = {
      ...who,
      time: readTime(line.slice(open + 1, open + 1 + DATE)),
      act,
      received: end - from,
      sent: wholeNumber(line.slice(end + 6, sentEnd)),
    };
    const told = forwarded ? lastQuoted(line, behind) : undefined;
    return told === undefined ? entry : { ...entry, forwarded: told };
  };
}

/**
 * Where `[time] "` begins. A user name may hold a bracket and a time, but no quote that is not escaped: what a visitor
 * chose as its name cannot pass for the rest of the line.
 */
function timeBracket(line: ByteString): number {
  for (let at = line.indexOf(' ['); at >= 0; at = line.indexOf(' [', at + 1)) {
    if (isClfDate(line, at + 2) && line.startsWith('] "', at + 2 + DATE)) return at + 1;
  }
  return -1;
}

function visitorOf(
  line: ByteString,
  end: number,
  read: AddressReader,
): Pick<WebEntry, 'peer' | 'local'> | undefined {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  // The second word is a dash, unless a virtual host stands in front of the address.
  if (second > 0 && second < end && second - first > 2) {
    const peer = read(line.slice(first + 1, second));
    const host = line.slice(0, first);
    if (peer !== undefined)
      return {
        peer,
        local: { address: '0.0.0.0', port: portNumber(host.slice(host.lastIndexOf(':') + 1), 80) },
      };
  }
  const peer = read(line.slice(0, first));
  return peer === undefined ? undefined : { peer };
}

/** Three digits, or a dash for none; -1 when it is neither. */
export function statusAt(line: ByteString, at: number): number {
  if (line.charCodeAt(at) === 45) return 0;
  let status = 0;
  for (let next = at; next < at + 3; next++) {
    const digit = line.charCodeAt(next) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    status = status * 10 + digit;
  }
  return status;
}

function endOfWord(line: ByteString, from: number): number {
  const blank = line.indexOf(' ', from);
  return blank < 0 ? line.length : blank;
}

/** Adds what is told of the referer and the user agent; returns where they end. */
function quotedHeaders(line: ByteString, from: number, headers: Headers): number {
  let at = from;
  for (const name of ['Referer', 'User-Agent'] as const) {
    if (line.charCodeAt(at) !== 34) return at;
    const end = closingQuote(line, at + 1);
    if (end < 0) return line.length;
    const value = line.slice(at + 1, end);
    if (value !== '-' && value !== '') headers.push([name, unescaped(value)]);
    at = end + 2;
  }
  return at;
}

function lastQuoted(line: ByteString, from: number): ByteString | undefined {
  let last: ByteString | undefined;
  for (let at = line.indexOf('"', from); at >= 0; ) {
    const end = closingQuote(line, at + 1);
    if (end < 0) break;
    last = line.slice(at + 1, end);
    at = line.indexOf('"', end + 1);
  }
  return last === undefined ? undefined : unescaped(last);
}
