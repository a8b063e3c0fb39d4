import type { ByteString } from '../../model/bytes.ts';

/** Longest number that is exact. */
const LONGEST = 15;

/** A whole number from 0 up in decimal digits; another one (0 unless told) when the text is none. */
export function wholeNumber(text: ByteString, otherwise = 0): number {
  if (text.length === 0 || text.length > LONGEST) return otherwise;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return otherwise;
  }
  return Number(text);
}

/** A port in digits; another one when the text is none. */
export function portNumber(text: ByteString, otherwise = 0): number {
  const port = wholeNumber(text, otherwise);
  return port <= 65_535 ? port : otherwise;
}
