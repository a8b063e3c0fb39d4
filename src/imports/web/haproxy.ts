import type { ByteString } from '../../model/bytes.ts';
import { clfTime, isClfDate } from './clf-time.ts';
import { statusAt } from './combined.ts';
import { createAddressReader } from './log-address.ts';
import { spokenLine } from './request-line.ts';
import { hexByte } from './unescaped.ts';
import type { Lacks, LineParser } from './web-entry.ts';
import { NO_ADDRESS, NO_STATUS } from './web-entry.ts';
import { wholeNumber } from './whole-number.ts';

const LACKS: Lacks = ['headers', 'body'];
/** `06/Feb/2009:12:14:14.655` and, with another log-format, a zone. */
const LONGEST_TIME = 32;
/** A request that HAProxy itself could not read. */
const BAD = '<BADREQ>';

/**
 * Lines of HAProxy's `option httplog`, whatever syslog has put in front (haproxy's configuration manual, "HTTP log format"):
 * `ADDRESS:PORT [TIME] FRONTEND BACKEND/SERVER TIMERS STATUS BYTES COOKIE COOKIE FLAGS COUNTS QUEUES {CAPTURED} "REQUEST"`.
 * The names of captured headers are not in the log, so they are left out. Times have no zone and are read as UTC.
 */
export function createHaproxyParser(): LineParser {
  const readAddress = createAddressReader();

  return (line) => {
    const open = timeBracket(line);
    const close = open < 0 ? -1 : line.indexOf('] ', open);
    if (close < 0 || close - open > LONGEST_TIME)
      return line === '' ? undefined : 'it is no HTTP line of HAProxy';
    const peer = readAddress(line.slice(line.lastIndexOf(' ', open - 2) + 1, open - 1));
    if (peer === undefined) return NO_ADDRESS;
    const statusFrom = wordsOn(line, close + 2, 3);
    const sentFrom = wordsOn(line, statusFrom, 1);
    const status = statusFrom < 0 ? -1 : statusAt(line, statusFrom);
    if (status < 0) return NO_STATUS;
    // Captured headers have their quotes as #22: the first quote opens the request.
    const quote = line.indexOf(' "', sentFrom);
    if (quote < 0) return 'it has no request';
    const end = line.indexOf('"', quote + 2);
    // Syslog cuts long lines: what is there of the request is taken.
    const said = line.slice(quote + 2, end < 0 ? line.length : end);
    if (said === BAD) return undefined;
    const act = spokenLine(withoutHashes(said), { headers: [], body: '', status, lacks: LACKS });
    if (act === undefined) return undefined;
    if (end < 0 && act.version === '0.9') act.version = '';
    const sent = wholeNumber(line.slice(sentFrom, Math.max(sentFrom, wordsOn(line, sentFrom, 1) - 1)));
    return { time: clfTime(line.slice(open + 1, close)), peer, act, received: said.length, sent };
  };
}

function timeBracket(line: ByteString): number {
  for (let at = line.indexOf(' ['); at >= 0; at = line.indexOf(' [', at + 1))
    if (isClfDate(line, at + 2)) return at + 1;
  return -1;
}

/** Where the word begins that stands so many words behind the one at a place; -1 when the line has no more. */
function wordsOn(line: ByteString, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0 && at >= 0; left--) {
    const blank = line.indexOf(' ', at);
    at = blank < 0 ? -1 : blank + 1;
  }
  return at;
}

/** HAProxy writes bytes that do not print, quotes and `#` itself as `#HH`. */
function withoutHashes(text: ByteString): ByteString {
  let hash = text.indexOf('#');
  let out = '';
  let from = 0;
  for (; hash >= 0; hash = text.indexOf('#', hash + 1)) {
    const code = hexByte(text, hash + 1);
    if (code < 0) continue;
    out += text.slice(from, hash) + String.fromCharCode(code);
    from = hash + 3;
    hash += 2;
  }
  return out + text.slice(from);
}
