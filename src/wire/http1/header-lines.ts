import type { ByteString } from '../byte-string.ts';
import type { Flaw } from './head.ts';
import { KEPT_HEADER_BYTES, KEPT_HEADERS } from './limits.ts';

/** Collects header lines of one request. */
export interface HeaderLines {
  /** A line without its end. */
  add(line: ByteString): void;
  readonly headers: readonly (readonly [ByteString, ByteString])[];
  /** Lines so far, kept or not. */
  readonly count: number;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export function createHeaderLines(flaws: Set<Flaw>): HeaderLines {
  const headers: [ByteString, ByteString][] = [];
  let count = 0;
  let kept = 0;
  return {
    headers,
    get count() {
      return count;
    },
    add: (line) => {
      const folded = /^[ \t]/.test(line);
      if (folded) flaws.add('fold');
      else count++;
      if (/[\0\r]/.test(line)) flaws.add('nul');
      else if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(line)) flaws.add('control');
      kept += line.length;
      if (headers.length >= KEPT_HEADERS || kept > KEPT_HEADER_BYTES) return;
      const last = headers.at(-1);
      if (folded && last !== undefined) {
        last[1] = `${last[1]} ${trimmed(line)}`;
        return;
      }
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      if (colon < 0) flaws.add('no-colon');
      else if (name === '') flaws.add('no-name');
      else if (/[ \t]$/.test(name)) flaws.add('space-before-colon');
      else if (!TOKEN.test(name)) flaws.add('bad-name');
      headers.push([name, colon < 0 ? '' : trimmed(line.slice(colon + 1))]);
    },
  };
}

/** Without the blanks of HTTP around it; by hand, as a pattern for the end would be slow on many blanks. */
function trimmed(text: ByteString): ByteString {
  let [from, to] = [0, text.length];
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
