import type { ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { jsonPairs } from './json-pairs.ts';
import { boundaryOf, multipartParts } from './multipart-parts.ts';
import type { Pair } from './pairs.ts';
import { cookiePairs, urlencodedPairs } from './pairs.ts';
import { percentDecoded } from './percent.ts';
import { xmlPairs } from './xml-pairs.ts';

/** What an application would make of a request: the variables that detection looks at. */
export interface RequestParts {
  /** Decoded once; without query. */
  readonly path: ByteString;
  /** As it was sent. */
  readonly query: ByteString;
  /** Of query, form, JSON, XML and the text parts of a multipart body. */
  readonly args: readonly Pair[];
  readonly cookies: readonly Pair[];
  readonly files: readonly {
    readonly name: ByteString;
    readonly mime: ByteString;
    readonly content: ByteString;
  }[];
  /** The body where no reader for its type took it apart. */
  readonly text: ByteString;
  /** The body of an XML request. */
  readonly xml: ByteString;
  /** The first of a name, lower case; '' when there is none. */
  header(name: string): ByteString;
}

/** Of a body, what is taken apart. */
const LOOKED_AT = 65_536;

export function requestParts(act: ActOf<'http.request'>): RequestParts {
  const headers = new Map<string, ByteString>();
  for (const [name, value] of act.headers) {
    const key = name.toLowerCase();
    const before = headers.get(key);
    if (before === undefined) headers.set(key, value);
    else if (key === 'cookie') headers.set(key, `${before}; ${value}`);
  }
  const header = (name: string): ByteString => headers.get(name) ?? '';
  const { path, query } = splitTarget(act.target);
  const body = bodyParts(act.body.slice(0, LOOKED_AT), header('content-type'));
  return {
    path: percentDecoded(path),
    query,
    args: [...urlencodedPairs(query), ...body.args],
    cookies: cookiePairs(header('cookie')),
    files: body.files,
    text: body.text,
    xml: body.xml,
    header,
  };
}

/** The path and the query of a target in any of its forms. */
function splitTarget(target: ByteString): { path: ByteString; query: ByteString } {
  const absolute = /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]{0,300}/i.exec(target)?.[0] ?? '';
  const rest = target.slice(absolute.length);
  const mark = rest.indexOf('?');
  return mark < 0 ? { path: rest, query: '' } : { path: rest.slice(0, mark), query: rest.slice(mark + 1) };
}

type Body = Pick<RequestParts, 'args' | 'files' | 'text' | 'xml'>;
const NO_BODY: Body = { args: [], files: [], text: '', xml: '' };

function bodyParts(body: ByteString, contentType: ByteString): Body {
  if (body === '') return NO_BODY;
  const type = contentType.toLowerCase();
  if (type.includes('multipart/')) {
    const boundary = boundaryOf(contentType) ?? /^--([^\r\n]{1,200})/.exec(body)?.[1];
    if (boundary !== undefined) return multipartBody(body, boundary);
  }
  if (type.includes('json') || /^\s*[[{]/.test(body)) {
    const args = jsonPairs(body);
    if (args !== undefined) return { ...NO_BODY, args };
  }
  if (type.includes('xml') || /^\s*<(?:\?xml|!doctype|!entity|[a-z][\w-]*:?envelope)/i.test(body)) {
    return { ...NO_BODY, args: xmlPairs(body), xml: body };
  }
  if (type.includes('urlencoded') || (type === '' && /^[\w.[\]%-]{1,100}=/.test(body))) {
    return { ...NO_BODY, args: urlencodedPairs(body) };
  }
  return { ...NO_BODY, text: body };
}

function multipartBody(body: ByteString, boundary: ByteString): Body {
  const parts = multipartParts(body, boundary);
  const files = parts.flatMap(({ filenames, mime, content }) =>
    filenames.map((name, index) => ({ name, mime, content: index === 0 ? content : '' })),
  );
  const args = parts.map(({ name, filenames, content }) => ({
    name,
    value: filenames.length === 0 ? content : '',
  }));
  return { ...NO_BODY, args, files };
}
