import type { ByteString } from '../../model/bytes.ts';

/**
 * True when a word of `length` bytes can begin here: nothing of a word stands before it, or only an escape (`\n`), or a
 * byte that is its length and only looks like a letter (pickle, MessagePack and Java write it there; Ruby adds five).
 */
export function beginsWord(text: ByteString, at: number, length: number): boolean {
  if (at === 0) return true;
  if (isWithinWord(text, at)) return false;
  const before = text.charCodeAt(at - 1);
  if (!isWordCode(before) || before === length || before === length + 5) return true;
  return text[at - 2] === '\\' && 'nrt'.includes(text[at - 1] ?? '');
}

/** Two letters or digits before: neither a length nor an escape. Needs no length, so it is asked first. */
export function isWithinWord(text: ByteString, at: number): boolean {
  return at >= 2 && isWordCode(text.charCodeAt(at - 1)) && isWordCode(text.charCodeAt(at - 2));
}

export function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
