import type { ByteString } from '../../model/bytes.ts';
import type { Headers, Lacks, WebAct } from './web-entry.ts';

const LONGEST_METHOD = 64;

/** What of a request stands beside its first line. */
export interface Rest {
  readonly headers: Headers;
  readonly body: ByteString;
  readonly status: number;
  readonly lacks: Lacks;
}

/**
 * The act of a request line, `GET /path HTTP/1.1`, without its escapes. Servers log whatever came in its place
 * (TLS, other protocols): what is no request of any version is a target without method and version. Undefined when nothing
 * came (`-`, or nothing).
 */
export function spokenLine(line: ByteString, rest: Rest): WebAct | undefined {
  if (line === '' || line === '-') return undefined;
  const blank = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  if (blank <= 0 || blank > LONGEST_METHOD || !isToken(line, blank)) return request('', line, '', rest);
  const version = last > blank ? versionOf(line, last + 1) : undefined;
  // HTTP/0.9 had no version: `GET /`.
  if (version === undefined && line.charCodeAt(blank + 1) !== 47) return request('', line, '', rest);
  const target = version === undefined ? line.slice(blank + 1) : line.slice(blank + 1, last);
  return request(line.slice(0, blank), target, version ?? '0.9', rest);
}

export function request(
  method: ByteString,
  target: ByteString,
  version: ByteString,
  { headers, body, status, lacks }: Rest,
): WebAct {
  const short = method.length > LONGEST_METHOD ? method.slice(0, LONGEST_METHOD) : method;
  const act: WebAct = { type: 'http.request', method: short, target, version, headers, body, status };
  if (lacks.length > 0) act.lacks = [...lacks];
  return act;
}

/** `HTTP/1.1` is told as `1.1`, `RTSP/1.0` as it is; undefined when this is neither. */
function versionOf(line: ByteString, from: number): ByteString | undefined {
  if (line.startsWith('HTTP/', from)) return line.slice(from + 5);
  let at = from;
  while (at < line.length && line.charCodeAt(at) >= 65 && line.charCodeAt(at) <= 90) at++;
  if (at === from || line.charCodeAt(at) !== 47) return undefined;
  const digit = line.charCodeAt(at + 1);
  return digit >= 48 && digit <= 57 ? line.slice(from) : undefined;
}

/** RFC 9110, `token`: what a method is made of. */
const TOKEN = Uint8Array.from({ length: 256 }, (_, code) =>
  /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isToken(line: ByteString, end: number): boolean {
  for (let at = 0; at < end; at++) if (TOKEN[line.charCodeAt(at)] !== 1) return false;
  return true;
}
