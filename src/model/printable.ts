import { type ByteString, textFromBytes } from './bytes.ts';

/**
 * Bytes from outside as one line that is safe on a terminal, in a log and in a page's text node.
 *
 * Control characters (C0, DEL, C1), line separators, bidirectional overrides, zero-width and other format
 * characters become `\xHH` or `\u{H}` escapes, so nothing an attacker sends can move a cursor, forge a line
 * or reverse what is read. HTML and CSV escaping stay the duty of those outputs.
 *
 * @param limit longest result in characters; a cut is marked with an ellipsis.
 */
export function printable(bytes: ByteString, limit = 200): string {
  const head = bytes.length > limit ? bytes.slice(0, limit) : bytes;
  if (isPlain(head)) return bytes.length > limit ? `${head}…` : head;
  const text = textFromBytes(head) ?? trimmedUtf8(head);
  const escaped = text === undefined ? escapeBytes(head) : escapeText(text);
  const short = escaped.length > limit ? escaped.slice(0, limit) : escaped;
  return bytes.length > limit || short.length < escaped.length ? `${short}…` : short;
}

/** Escapes text that is already decoded (file names, error messages, server replies). */
export function printableText(text: string, limit = 2000): string {
  const escaped = escapeText(text.length > limit ? text.slice(0, limit) : text);
  return text.length > limit ? `${escaped}…` : escaped;
}

/** A cut may fall inside a multi-byte character: try again without the last one to three bytes. */
function trimmedUtf8(head: ByteString): string | undefined {
  for (let cut = 1; cut <= 3 && cut < head.length; cut += 1) {
    const text = textFromBytes(head.slice(0, -cut));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Printable ASCII, which most of everything is, stays as it is. */
function isPlain(text: string): boolean {
  return !/[^\x20-\x7e]/.test(text);
}

function escapeText(text: string): string {
  if (isPlain(text)) return text;
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code === 10) return '\\n';
    if (code === 13) return '\\r';
    if (code === 9) return '\\t';
    return code < 256 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`;
  });
}

function escapeBytes(bytes: ByteString): string {
  return bytes.replace(/[^\x20-\x7e]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code === 10) return '\\n';
    if (code === 13) return '\\r';
    if (code === 9) return '\\t';
    return `\\x${hex(code, 2)}`;
  });
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

/** Control, format, surrogate, private-use, line and paragraph separator characters. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;
