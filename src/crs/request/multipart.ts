import type { ByteString } from '../../model/bytes.ts';
import type { Argument } from './arguments.ts';

/** One part of a multipart form. */
interface Part {
  readonly name: ByteString;
  /** Undefined for a plain field. */
  readonly filename: ByteString | undefined;
  readonly headers: readonly ByteString[];
  readonly content: ByteString;
}

export interface MultipartBody {
  readonly fields: readonly Argument[];
  /** Name of the field, name of the file, its size. */
  readonly files: readonly { readonly field: ByteString; readonly name: ByteString; readonly size: number }[];
  /** Header lines of the parts, by name of the field. */
  readonly headers: readonly Argument[];
  readonly error: string | undefined;
}

const NOTHING: Omit<MultipartBody, 'error'> = { fields: [], files: [], headers: [] };

/** Reads a form of RFC 7578 the strict way libmodsecurity does: a part that is broken ends the reading. */
export function parseMultipart(contentType: ByteString, body: ByteString, most: number): MultipartBody {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return { ...NOTHING, error: 'no boundary' };
  const sections = split(body, boundary);
  if (sections === undefined) return { ...NOTHING, error: 'the final boundary is missing' };
  const parts: Part[] = [];
  let error: string | undefined;
  for (const section of sections) {
    if (parts.length >= most) break;
    const part = parsePart(section);
    if (part === undefined) {
      error = 'a part is broken';
      break;
    }
    parts.push(part);
  }
  return {
    fields: parts.flatMap(({ name, filename, content }) =>
      filename === undefined ? [[name, content] as const] : [],
    ),
    files: parts.flatMap(({ name, filename, content }) =>
      filename === undefined ? [] : [{ field: name, name: filename, size: content.length }],
    ),
    headers: parts.flatMap(({ name, headers }) => headers.map((line) => [name, line] as const)),
    error,
  };
}

/** Longer ones are a fault in libmodsecurity as well. */
const LONGEST_TYPE = 1024;

function boundaryOf(contentType: ByteString): ByteString | undefined {
  if (contentType.length > LONGEST_TYPE) return undefined;
  const match = /^multipart\/form-data\s*;?\s*boundary\s*=\s*(?:"([^"]+)"|([^"\s;,]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** What stands between the boundary lines. */
function split(body: ByteString, boundary: ByteString): ByteString[] | undefined {
  const sections: string[] = [];
  const marker = `--${boundary}`;
  let start: number | undefined;
  let at = 0;
  while (at <= body.length) {
    const found = body.indexOf(marker, at);
    if (found < 0) return undefined;
    at = found + marker.length;
    if (found > 0 && body[found - 1] !== '\n') continue;
    if (start !== undefined) sections.push(withoutLastBreak(body.slice(start, found)));
    if (body.startsWith('--', at)) return sections;
    const lineEnd = body.indexOf('\n', at);
    if (lineEnd < 0) return undefined;
    start = lineEnd + 1;
    // A boundary may follow at once: its line break is the one that was just passed.
    at = start;
  }
  return undefined;
}

function withoutLastBreak(section: ByteString): ByteString {
  return section.replace(/\r?\n$/, '');
}

function parsePart(section: ByteString): Part | undefined {
  const end = /(?:^|\r?\n)\r?\n/.exec(section);
  if (end === null) return undefined;
  const headers = section
    .slice(0, end.index)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const disposition = headers
    .map((line) => /^content-disposition[ \t]*:[ \t]*form-data[ \t]*(?:;|$)(.*)$/is.exec(line)?.[1])
    .find((value) => value !== undefined);
  if (disposition === undefined) return undefined;
  const { name, filename } = parameters(disposition);
  if (name === undefined || headers.some((line) => !line.includes(':'))) return undefined;
  return { name, filename, headers, content: section.slice(end.index + end[0].length) };
}

function parameters(text: ByteString): { name: ByteString | undefined; filename: ByteString | undefined } {
  const found = new Map<string, ByteString>();
  const parameter =
    /[ \t;]*([^=\s;]+)[ \t]*=[ \t]*(?:"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)'|([^\s;"']*))/gy;
  for (const [, name = '', double, single, bare] of text.matchAll(parameter)) {
    const quoted = (double ?? single)?.replace(/\\(["'\\])/g, '$1');
    if (!found.has(name)) found.set(name, quoted ?? bare ?? '');
  }
  const filename = found.get('filename');
  return { name: found.get('name'), filename: filename === '' ? undefined : filename };
}
