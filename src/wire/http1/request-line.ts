import type { ByteString } from '../byte-string.ts';

export interface RequestLine {
  readonly method: ByteString;
  readonly target: ByteString;
  readonly version: ByteString;
}

/**
 * `METHOD SP target SP HTTP/1.1`. Two words are HTTP/0.9. Of more than three the first is the method, the last the version
 * and all between the target. Undefined when there is only one.
 */
export function parseRequestLine(line: ByteString): RequestLine | undefined {
  const start = line.indexOf(' ');
  if (start <= 0) return undefined;
  let end = line.length;
  while (end > start && line.charAt(end - 1) === ' ') end--;
  let from = start;
  while (from < end && line.charAt(from) === ' ') from++;
  if (from >= end) return undefined;
  const method = line.slice(0, start);
  const last = line.lastIndexOf(' ', end - 1);
  if (last < from) return { method, target: line.slice(from, end), version: '0.9' };
  let until = last;
  while (line.charAt(until - 1) === ' ') until--;
  const word = line.slice(last + 1, end);
  // In full, HTTP/0.9 is a version that never was.
  const version = /^HTTP\/(?!0\.9$)./.test(word) ? word.slice(5) : word;
  return { method, target: line.slice(from, until), version };
}
