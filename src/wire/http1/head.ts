import type { ByteString } from '../byte-string.ts';
import type { Framing } from './framing.ts';

/** What is wrong with the head of a request. It is told, and whoever answers decides what a server would make of it. */
export type Flaw =
  /** The request line is not a method, a target and a version. */
  | 'line'
  /** More than the limits allow: the rest of the connection is not read as requests. */
  | 'line-too-long'
  | 'header-too-long'
  | 'headers-too-long'
  | 'too-many-headers'
  /** A line that ends with LF alone. */
  | 'bare-lf'
  /** A header that goes on in the next line (RFC 9112, 5.2). */
  | 'fold'
  | 'no-colon'
  | 'space-before-colon'
  | 'no-name'
  | 'bad-name'
  /** NUL or CR within a line. */
  | 'nul'
  /** Another control character. */
  | 'control'
  /** Content-Length is not a number, or there are several. */
  | 'length'
  | 'two-lengths'
  /** Content-Length beside Transfer-Encoding: how requests are smuggled. */
  | 'length-and-coding'
  /** A transfer coding other than `chunked`. */
  | 'coding';

/** The request line and the headers of one request. */
export interface RequestHead {
  readonly method: ByteString;
  readonly target: ByteString;
  /** `1.1`, `1.0`; `0.9` when the line ends after the target; otherwise what stood there. */
  readonly version: ByteString;
  /** In the order and case in which they came; at most KEPT_HEADERS. */
  readonly headers: readonly (readonly [ByteString, ByteString])[];
  readonly flaws: ReadonlySet<Flaw>;
  readonly framing: Framing;
  /** The request line as it came. */
  readonly line: ByteString;
  /** Bytes of the whole head. */
  readonly bytes: number;
}

/** The first value of a header; its name in lower case. */
export function headerOf({ headers }: Pick<RequestHead, 'headers'>, name: string): ByteString | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1];
}

/** All values of a header; its name in lower case. */
export function headersOf({ headers }: Pick<RequestHead, 'headers'>, name: string): ByteString[] {
  return headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
}
