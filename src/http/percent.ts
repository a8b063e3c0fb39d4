import type { ByteString } from '../model/bytes.ts';

/** What IIS takes for a slash in `%uXXXX`. */
const SLASHES: Readonly<Record<string, ByteString>> = { 2044: '/', 2215: '/', 2216: '\\' };
const HEX = /^[0-9a-f]+$/i;

/**
 * One layer of URL encoding undone: `%XX` and, as IIS reads it, `%uXXXX`; a sequence that is none stays as it is. Characters
 * above 255 become UTF-8. The same string when there is nothing to undo.
 */
export function percentDecoded(text: ByteString, plusIsSpace = false): ByteString {
  if (!text.includes('%')) return plusIsSpace ? text.replaceAll('+', ' ') : text;
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
    const unicode = text[at + 1] === 'u' || text[at + 1] === 'U';
    const digits = unicode ? text.slice(at + 2, at + 6) : text.slice(at + 1, at + 3);
    if (digits.length !== (unicode ? 4 : 2) || !HEX.test(digits)) {
      at++;
      continue;
    }
    parts.push(
      plain(text.slice(from, at), plusIsSpace),
      SLASHES[digits] ?? characterOf(parseInt(digits, 16)),
    );
    at += digits.length + (unicode ? 2 : 1);
    from = at;
  }
  parts.push(plain(text.slice(from), plusIsSpace));
  return parts.join('');
}

function plain(text: ByteString, plusIsSpace: boolean): ByteString {
  return plusIsSpace ? text.replaceAll('+', ' ') : text;
}

/** Full-width forms (U+FF01 to U+FF5E) are read as the ASCII they stand for, as databases and best-fit mappings do. */
export function characterOf(code: number): ByteString {
  if (code < 256) return String.fromCharCode(code);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '?';
  return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
}
