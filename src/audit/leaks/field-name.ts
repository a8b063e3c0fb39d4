import type { ByteString } from '../../model/bytes.ts';
import { isWordCode } from './word-start.ts';

/** Quotes, colons and lengths between a name and its value. */
const MOST_BETWEEN = 12;
const LONGEST_NAME = 48;
/** A value that begins so early with nothing before it is the whole value. */
const HEAD = 16;

/**
 * What the value at `at` is called there: the name of its JSON, PHP, form or XML field, or the words before it; where
 * nothing stands before it, the name of the whole value (its key, its hash field).
 */
export function fieldBefore(text: ByteString, at: number, name: string): string {
  let end = at;
  // PHP writes the length of a string before it (`s:10:"`), or that a number follows (`i:`).
  const length = /[si]:(?:\d{1,5}:\\?")?$/.exec(text.slice(Math.max(0, at - 10), at));
  if (length !== null) end -= length[0].length;
  const nearest = Math.max(0, end - MOST_BETWEEN);
  while (end > nearest && !isWordCode(text.charCodeAt(end - 1))) end--;
  const furthest = Math.max(0, end - LONGEST_NAME);
  let start = end;
  while (start > furthest && isNameCode(text.charCodeAt(start - 1))) start--;
  return start < end && isWordCode(text.charCodeAt(end - 1))
    ? text.slice(start, end)
    : at <= HEAD
      ? name
      : '';
}

/** Letters, digits, `_`, `.`, `-`, blanks, and letters of other languages. */
function isNameCode(code: number): boolean {
  return isWordCode(code) || code === 95 || code === 46 || code === 45 || code === 32 || code >= 128;
}
