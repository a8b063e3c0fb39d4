import type { ByteString } from '../model/bytes.ts';

/** One part of a multipart/form-data body. */
export interface FormPart {
  readonly name: ByteString;
  /** None when the part is no file. Several are one file: some readers take the first name, some the last, some `filename*`. */
  readonly filenames: readonly ByteString[];
  readonly mime: ByteString;
  readonly content: ByteString;
}

const MOST_PARTS = 128;

/** The boundary of a Content-Type; undefined when it names none. */
export function boundaryOf(contentType: ByteString): ByteString | undefined {
  const found = /(?:^|[;,\s])boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/**
 * The parts as a careless application would read them: boundaries anywhere in a line, quotes of either kind, the ones before
 * of a body that was cut. The sensor's own reader (`src/wire/http1/multipart.ts`) takes files of any size out of a stream
 * and keeps to the RFC; that of the Core Rule Set does as libmodsecurity does.
 */
export function multipartParts(body: ByteString, boundary: ByteString): FormPart[] {
  const parts: FormPart[] = [];
  const mark = `--${boundary}`;
  let at = body.indexOf(mark);
  while (at >= 0 && parts.length < MOST_PARTS) {
    const start = at + mark.length;
    if (body.startsWith('--', start)) break;
    const next = body.indexOf(mark, start);
    parts.push(partOf(body.slice(start, next < 0 ? body.length : next)));
    at = next;
  }
  return parts;
}

function partOf(text: ByteString): FormPart {
  const broken = /\r?\n\r?\n/.exec(text);
  const head = (broken === null ? text : text.slice(0, broken.index)).replace(/\r?\n[ \t]{1,100}/g, ' ');
  const rest = broken === null ? '' : text.slice(broken.index + broken[0].length);
  const disposition = headerOf(head, 'content-disposition');
  return {
    name: parametersOf(disposition, 'name')[0] ?? '',
    filenames: [
      ...new Set([...parametersOf(disposition, 'filename'), ...parametersOf(disposition, 'filename*')]),
    ],
    mime: headerOf(head, 'content-type'),
    content: rest.replace(/\r?\n$/, ''),
  };
}

function headerOf(head: ByteString, name: string): ByteString {
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon >= 0 && line.slice(0, colon).trim().toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return '';
}

const MOST_PARAMETERS = 4;

function parametersOf(disposition: ByteString, name: string): ByteString[] {
  const found: ByteString[] = [];
  const lower = disposition.toLowerCase();
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
    if (found.length >= MOST_PARAMETERS) break;
    if (!/[\s;]/.test(lower[at - 1] ?? ' ')) continue;
    const rest = disposition.slice(at + name.length);
    const equals = /^\s{0,20}=/.exec(rest)?.[0];
    if (equals !== undefined)
      found.push(valueOf(rest.slice(equals.length), name.endsWith('*') ? /^\s*(")/ : /^\s*(["'])/));
  }
  return found;
}

function valueOf(rest: ByteString, quoted: RegExp): ByteString {
  const quote = quoted.exec(rest)?.[1];
  if (quote === undefined) return rest.split(';', 1)[0]?.trim() ?? '';
  const from = rest.indexOf(quote) + 1;
  const to = rest.lastIndexOf(quote);
  const end = rest.indexOf(`${quote};`, from);
  return rest.slice(from, end >= 0 ? end : to >= from ? to : undefined);
}
