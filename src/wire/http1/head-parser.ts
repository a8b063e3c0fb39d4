import type { ByteString } from '../byte-string.ts';
import type { BytesIn } from './bytes-in.ts';
import type { Framing } from './framing.ts';
import { framingOf } from './framing.ts';
import type { Flaw, RequestHead } from './head.ts';
import { createHeaderLines } from './header-lines.ts';
import type { HeadLimits } from './limits.ts';
import type { RequestLine } from './request-line.ts';
import { parseRequestLine } from './request-line.ts';

/** Reads one head; `next` is called until it returns one. */
export interface HeadParser {
  next(): RequestHead | undefined;
  /** The request line with its end, once it has been read. */
  readonly begun: ByteString;
}

/** `broken` tells, of the beginning of a line, that a server would not wait for its end. */
export function createHeadParser(
  input: BytesIn,
  limits: HeadLimits,
  broken: (start: ByteString) => boolean,
): HeadParser {
  const flaws = new Set<Flaw>();
  const lines = createHeaderLines(flaws);
  let line: ByteString | undefined;
  let request: RequestLine | undefined;
  let lineBytes = 0;
  let headerBytes = 0;

  const head = (framing: Framing): RequestHead => ({
    ...(request ?? { method: '', target: '', version: '' }),
    headers: lines.headers,
    flaws,
    framing,
    line: line ?? '',
    bytes: lineBytes + headerBytes,
  });
  const failed = (flaw: Flaw): RequestHead => {
    flaws.add(flaw);
    return head({ kind: 'none' });
  };
  /** Undefined when there is no line yet, true when headers follow. */
  const readLine = (): RequestHead | true | undefined => {
    for (;;) {
      const read = input.line(limits.line);
      if (read === undefined || read.kind === 'too-long') {
        const start = input.peek(limits.line);
        // How much of it is there depends on how it came: it is a sample, and nothing is read out of it.
        if (start !== '\r' && broken(start)) {
          line = start;
          return failed('line');
        }
        if (read === undefined) return undefined;
        line = start;
        request = parseRequestLine(start);
        return failed('line-too-long');
      }
      lineBytes += read.bytes;
      // Empty lines before a request are skipped (RFC 9112, 2.2).
      if (read.text === '') {
        lineBytes = 0;
        continue;
      }
      line = read.text;
      request = broken(line) ? undefined : parseRequestLine(line);
      if (request === undefined) return failed('line');
      if (read.bare) flaws.add('bare-lf');
      return request.version === '0.9' ? head({ kind: 'none' }) : true;
    }
  };
  return {
    get begun() {
      return line === undefined ? '' : `${line}\r\n`;
    },
    next: () => {
      if (line === undefined) {
        const read = readLine();
        if (read !== true) return read;
      }
      for (;;) {
        const read = input.line(limits.header);
        if (read === undefined) return undefined;
        if (read.kind === 'too-long') return failed('header-too-long');
        headerBytes += read.bytes;
        if (read.bare) flaws.add('bare-lf');
        if (read.text === '') return head(framingOf(lines.headers, flaws));
        lines.add(read.text);
        if (headerBytes > limits.headers) return failed('headers-too-long');
        if (lines.count > limits.count) return failed('too-many-headers');
      }
    },
  };
}
