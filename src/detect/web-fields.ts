import { requestParts } from '../http/request-parts.ts';
import type { Undoing } from '../http/web-views.ts';
import { undoingOfOneRequest, webViews } from '../http/web-views.ts';
import type { ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import type { ActText } from './act-text.ts';
import { actText } from './act-text.ts';

/**
 * What rules may ask of an HTTP request beside its own fields: the decoded variables.
 *
 * - `path`, `query` (as sent), `args`, `names` (of parameters), `cookies` (names and values), `agent`, `referer`
 * - `header.NAME` one header; `headers` every header that no other field stands for, and odd names of headers
 * - `order` names of the headers as sent, lower case, joined by commas
 * - `filenames`, `files` (their contents), `text` (a body that nothing takes apart), `xml` (the body as a whole)
 * - `params`: args, names, cookies, text: what an application evaluates
 * - `anywhere`: params, path, agent, referer and headers
 */
export const WEB_FIELDS = [
  'path',
  'query',
  'args',
  'names',
  'cookies',
  'agent',
  'referer',
  'header',
  'headers',
  'order',
  'filenames',
  'files',
  'text',
  'xml',
  'params',
  'anywhere',
] as const;
export type WebField = (typeof WEB_FIELDS)[number];

/** Headers with a field of their own, for the first of the name (for all cookies). */
const OWN = new Set(['user-agent', 'referer', 'cookie']);

/** Headers that are the same in every request, as long as nothing odd is in them. */
const DULL = new Set([
  'host',
  'content-length',
  'connection',
  'accept',
  'accept-encoding',
  'upgrade-insecure-requests',
  'cache-control',
  'if-none-match',
  'if-modified-since',
]);
const ODD_VALUE = /[^\w.,:;=*/+"() -]/;
const ODD_NAME = /[^\w.-]/;

function otherHeaders(headers: ActOf<'http.request'>['headers']): ByteString[] {
  const seen = new Set<string>();
  return headers.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    const first = !seen.has(lower);
    seen.add(lower);
    const isLookedAt = OWN.has(lower)
      ? !first && lower !== 'cookie'
      : !DULL.has(lower) || ODD_VALUE.test(value);
    return [...(isLookedAt ? [value] : []), ...(ODD_NAME.test(name) ? [name] : [])];
  });
}

export interface WebFields {
  values(field: WebField, header: string | undefined): readonly ActText[];
}

export function webFields(act: ActOf<'http.request'>): WebFields {
  const parts = requestParts(act);
  const known = new Map<string, readonly ActText[]>();
  const left = undoingOfOneRequest();
  const list = (values: readonly ByteString[]): readonly ActText[] =>
    [...new Set(values)].filter((value) => value !== '').map((value) => remembered(value, left));
  const read = (field: WebField, header: string | undefined): readonly ActText[] => {
    switch (field) {
      case 'path':
        return list([parts.path]);
      case 'query':
        return list([parts.query]);
      case 'args':
        return list(parts.args.map(({ value }) => value));
      case 'names':
        return list(parts.args.map(({ name }) => name));
      case 'cookies':
        return list(parts.cookies.flatMap(({ name, value }) => [name, value]));
      case 'agent':
        return list([parts.header('user-agent')]);
      case 'referer':
        return list([parts.header('referer')]);
      case 'header':
        return list([parts.header(header ?? '')]);
      case 'headers':
        return list(otherHeaders(act.headers));
      case 'order':
        return list([act.headers.map(([name]) => name.toLowerCase()).join(',')]);
      case 'filenames':
        return list(parts.files.map(({ name }) => name));
      case 'files':
        return list(parts.files.map(({ content }) => content));
      case 'text':
        return list([parts.text]);
      case 'xml':
        return list([parts.xml]);
      case 'params':
        return union(values('args'), values('names'), values('cookies'), values('text'));
      case 'anywhere':
        return union(values('params'), values('path'), values('agent'), values('referer'), values('headers'));
    }
  };
  const values = (field: WebField, header?: string): readonly ActText[] => {
    const key = header === undefined ? field : `${field}.${header}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = read(field, header);
    known.set(key, made);
    return made;
  };
  return { values };
}

/** User agents, names of parameters and words come again and again: what was found in them is kept, the latest so many. */
const latest = new Map<ByteString, ActText>();
const MOST = 4_096;
const LONGEST = 512;
const MOST_VIEWS = 6;

function remembered(value: ByteString, left: Undoing): ActText {
  const before = latest.get(value);
  if (before !== undefined) return before;
  const made = actText(value, (text) => {
    const views = webViews(text, left);
    // One that was cut short is looked at anew by the next request; one with much under it takes too much memory.
    if (left.views <= 0 || left.bytes <= 0 || views.length > MOST_VIEWS) latest.delete(value);
    return views;
  });
  if (value.length > LONGEST) return made;
  if (latest.size >= MOST) for (const oldest of [...latest.keys()].slice(0, MOST / 4)) latest.delete(oldest);
  latest.set(value, made);
  return made;
}

function union(...lists: readonly (readonly ActText[])[]): readonly ActText[] {
  return [...new Set(lists.flat())];
}

export function isWebField(name: string): name is WebField {
  return (WEB_FIELDS as readonly string[]).includes(name);
}
