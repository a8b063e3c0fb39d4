import type { ByteString } from '../../model/bytes.ts';
import type { Reader, ReaderParts } from '../reader.ts';
import { createAlbParser } from './alb.ts';
import { createCombinedParser } from './combined.ts';
import { createHaproxyParser } from './haproxy.ts';
import { createIisParser } from './iis.ts';
import { createJsonAccessParser } from './json-access.ts';
import { LONGEST_JSON, LONGEST_TEXT } from './log-lines.ts';
import { createModSecurityParser } from './modsecurity.ts';
import type { LineParser } from './web-entry.ts';
import { createWebLog } from './web-log.ts';

/** Logs of web servers, of which each line is one request. */
export const WEB_FORMATS = ['combined', 'json-access', 'iis', 'modsecurity', 'haproxy', 'alb'] as const;
export type WebFormat = (typeof WEB_FORMATS)[number];

const PARSERS: Readonly<Record<WebFormat, (forwarded: boolean) => LineParser>> = {
  combined: createCombinedParser,
  'json-access': createJsonAccessParser,
  iis: createIisParser,
  modsecurity: createModSecurityParser,
  haproxy: createHaproxyParser,
  alb: createAlbParser,
};

export function webReader(format: WebFormat, parts: ReaderParts): Reader {
  const longest = format === 'json-access' || format === 'modsecurity' ? LONGEST_JSON : LONGEST_TEXT;
  return createWebLog(parts, longest, PARSERS[format](parts.proxies !== undefined));
}

/** The formats that a line of text is tried as: whichever can read it. */
const IN_TEXT = ['combined', 'haproxy', 'alb'] as const;
/** A line of JSON may be longer than what is there of it, so its names are looked for, and it is not read. */
const REQUEST =
  /"(?:request|request_uri|uri|url|path|RequestPath|requestUrl|request_method|url\.original)"\s?:/;
const STATUS =
  /"(?:status|status_code|statusCode|DownstreamStatus|response_code|http\.response\.status_code)"\s?:/;
const CLIENT =
  /"(?:remote_addr|remote_ip|client_ip|clientip|ClientHost|ClientAddr|source|source\.ip|remoteIp|remoteAddr|src_ip|client)"\s?:/;

/** Which web log a line is of; undefined when it speaks for none. */
export function webFormatOf(line: ByteString, json: boolean): WebFormat | undefined {
  if (json) {
    const isAudit = line.includes('"transaction"') && /"(?:client_ip|remote_address)"\s?:/.test(line);
    if (isAudit) return 'modsecurity';
    return STATUS.test(line) && CLIENT.test(line) && REQUEST.test(line) ? 'json-access' : undefined;
  }
  if (line.startsWith('#Fields:') && line.includes('c-ip')) return 'iis';
  return IN_TEXT.find((format) => typeof PARSERS[format](false)(line.replace(/\r$/, '')) === 'object');
}
