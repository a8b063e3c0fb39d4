import { HEADER_NAMES } from './json-names.ts';
import type { JsonFields } from './json-record.ts';
import type { Headers } from './web-entry.ts';

/** nginx's `$http_NAME` is a header; these are somebody's own names for something else. */
const NO_HEADERS =
  /^http_(?:method|version|status|status_code|code|uri|url|path|protocol|verb|request|response)$/;

/**
 * The headers of one record and whether they are all. Those that stand alone come in no order that tells anything; a whole
 * list is as the server logs it (Caddy sorts it, and keeps Host apart).
 */
export function jsonHeaders(record: JsonFields): { readonly headers: Headers; readonly whole: boolean } {
  const list =
    record.pairs('request.headers') ?? record.pairs('http.request.headers') ?? record.pairs('headers');
  const headers: Headers = [];
  const known = new Set(list?.map(([name]) => name.toLowerCase()));
  const add = (name: string, value: string): void => {
    const lower = name.toLowerCase();
    if (value === '' || known.has(lower)) return;
    known.add(lower);
    headers.push([name, value]);
  };
  for (const [name, fields] of HEADER_NAMES) add(name, record.text(...fields));
  for (const field of record.names()) {
    if (/^http_[a-z0-9_]{1,64}$/.test(field)) {
      if (!NO_HEADERS.test(field)) add(spelt(field.slice(5)), record.text(field));
    }
    // Traefik, when it is told to keep headers: `request_X-Api-Key`.
    else if (/^request_[A-Z][A-Za-z0-9-]{0,64}$/.test(field)) add(field.slice(8), record.text(field));
  }
  return { headers: list === undefined ? headers : [...headers, ...list], whole: list !== undefined };
}

/** `x_api_key` as `X-Api-Key`: nginx tells names in lower case only. */
function spelt(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('-');
}
