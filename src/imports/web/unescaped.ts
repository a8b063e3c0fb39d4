import type { ByteString } from '../../model/bytes.ts';

/** What Apache writes as a backslash and a letter (ap_escape_logitem); nginx writes `\xHH` only. */
const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  v: '\v',
  f: '\f',
  a: '\u0007',
  '"': '"',
  '\\': '\\',
};

/** Undoes `\xHH`, `\"`, `\\` and the letters of C in a quoted field; what is none of them stays as it is. */
export function unescaped(text: ByteString): ByteString {
  let slash = text.indexOf('\\');
  if (slash < 0) return text;
  let out = '';
  let from = 0;
  while (slash >= 0) {
    const letter = text.charAt(slash + 1);
    const code = letter === 'x' ? hexByte(text, slash + 2) : -1;
    const plain = code >= 0 ? String.fromCharCode(code) : LETTERS[letter];
    const next = plain === undefined ? slash + 1 : slash + (code >= 0 ? 4 : 2);
    if (plain !== undefined) {
      out += text.slice(from, slash) + plain;
      from = next;
    }
    slash = text.indexOf('\\', next);
  }
  return out + text.slice(from);
}

/** The byte that two hexadecimal digits stand for; -1 when they are none. */
export function hexByte(text: ByteString, at: number): number {
  const high = digit(text.charCodeAt(at));
  const low = digit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Where the quoted field ends whose first character is at `from`: at its closing quote; -1 when there is none. */
export function closingQuote(line: ByteString, from: number): number {
  for (let quote = line.indexOf('"', from); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (quote - slashes > from && line.charCodeAt(quote - slashes - 1) === 92) slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return -1;
}
