import type { ByteString } from '../../model/bytes.ts';
import { SecLangFault } from './fault.ts';

/**
 * The arguments of a directive: parted by blanks, or in double quotes. Within quotes only `\"` is an escape: every
 * other backslash belongs to the pattern that stands there.
 */
export function words(text: ByteString): ByteString[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text[at])) {
      at += 1;
      continue;
    }
    const quoted = text[at] === '"';
    const end = quoted ? closingQuote(text, at) : endOfWord(text, at);
    const raw = quoted ? text.slice(at + 1, end) : text.slice(at, end);
    found.push(quoted ? raw.replaceAll('\\"', '"') : raw);
    at = quoted ? end + 1 : end;
  }
  return found;
}

function closingQuote(text: ByteString, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  throw new SecLangFault('a double quote is not closed');
}

function endOfWord(text: ByteString, start: number): number {
  let at = start;
  while (at < text.length && !isBlank(text[at])) at += 1;
  return at;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
