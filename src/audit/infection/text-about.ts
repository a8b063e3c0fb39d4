import type { ByteString } from '../../model/bytes.ts';

const MOST_LINES = 40;
const LONGEST_LINE = 512;
/** So many lines of words make a document; one may be an attacker's greeting. */
const DOCUMENT = 2;

/**
 * True for text that speaks about commands instead of being one: a document with several lines of plain words, or the
 * lines of a log. A runbook and a log of a web server hold whole attacks.
 */
export function isTextAbout(value: ByteString): boolean {
  const lines = value
    .slice(0, 16_384)
    .split('\n', MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE).trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return false;
  return lines.every(isLogLine) || lines.filter(isProseLine).length >= DOCUMENT;
}

/** It begins with an address or a time, or holds the request of a web client. */
function isLogLine(line: string): boolean {
  return (
    /^(?:\d{1,3}(?:\.\d{1,3}){3} |\[?\d{4}-\d\d-\d\d[T ]\d\d:|<\d{1,3}>|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\[\d\d\/[A-Z][a-z]{2}\/\d{4})/.test(
      line,
    ) || /"[A-Z]{3,8} [^"]{1,400} HTTP\/\d/.test(line)
  );
}

/** Four words or more, and most of it words: not a command, not a comment of a script. */
function isProseLine(line: string): boolean {
  if (/^[#*@/$;<]/.test(line) || /[|;&`$]|https?:\/\/|=["']/.test(line)) return false;
  const parts = line.split(/\s+/);
  const words = parts.filter((part) => /^["'(]?[A-Za-z][a-z']{0,23}["')]?[,.;:!?]{0,2}$/.test(part));
  return words.length >= 4 && words.length >= parts.length * 0.7;
}
