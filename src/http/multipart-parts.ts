import type { ByteString } from '../model/bytes.ts';

/** One part of a multipart/form-data body. */
export interface FormPart {
  readonly name: ByteString;
  /** Undefined when the part is no file. */
  readonly filename: ByteString | undefined;
  readonly mime: ByteString;
  readonly content: ByteString;
}

const MOST_PARTS = 128;

/** The boundary of a Content-Type; undefined when it names none. */
export function boundaryOf(contentType: ByteString): ByteString | undefined {
  const found = /boundary=(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i.exec(contentType);
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
  const head = broken === null ? text : text.slice(0, broken.index);
  const rest = broken === null ? '' : text.slice(broken.index + broken[0].length);
  const disposition = headerOf(head, 'content-disposition');
  return {
    name: parameterOf(disposition, 'name') ?? '',
    filename: parameterOf(disposition, 'filename') ?? parameterOf(disposition, 'filename*'),
    mime: headerOf(head, 'content-type'),
    content: rest.replace(/\r?\n$/, ''),
  };
}

function headerOf(head: ByteString, name: string): ByteString {
  const line = head.split('\n').find((one) => one.trimStart().toLowerCase().startsWith(`${name}:`));
  return line === undefined ? '' : line.slice(line.indexOf(':') + 1).trim();
}

function parameterOf(disposition: ByteString, name: string): ByteString | undefined {
  const lower = disposition.toLowerCase();
  for (let at = lower.indexOf(`${name}=`); at >= 0; at = lower.indexOf(`${name}=`, at + 1)) {
    if (!/[\s;]/.test(lower[at - 1] ?? ' ')) continue;
    const rest = disposition.slice(at + name.length + 1);
    const quote = /^\s*(["'])/.exec(rest)?.[1];
    if (quote === undefined) return rest.split(';', 1)[0]?.trim() ?? '';
    const from = rest.indexOf(quote) + 1;
    const to = rest.lastIndexOf(quote);
    const end = rest.indexOf(`${quote};`, from);
    return rest.slice(from, end >= 0 ? end : to >= from ? to : undefined);
  }
  return undefined;
}
