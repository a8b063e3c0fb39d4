import type { ByteString } from './byte-string.ts';

/** Replies as byte strings. The protocol version, 2 or 3, decides how the types RESP2 has not are written. */
export type RespVersion = 2 | 3;

export const OK: ByteString = '+OK\r\n';
export const EMPTY_ARRAY: ByteString = '*0\r\n';

/** A status line; CR and LF inside become blanks, so that no argument can forge a second reply. */
export function simpleString(text: ByteString): ByteString {
  return `+${oneLine(text)}\r\n`;
}

/** An error line, with its code word (`ERR`, `WRONGTYPE`) and without the leading minus. */
export function errorReply(text: ByteString): ByteString {
  return `-${oneLine(text)}\r\n`;
}

export function integer(value: number | bigint): ByteString {
  return `:${value}\r\n`;
}

export function bulk(text: ByteString): ByteString {
  return `$${text.length}\r\n${text}\r\n`;
}

/** Replies that are already encoded, as one array. */
export function array(items: readonly ByteString[]): ByteString {
  return `*${items.length}\r\n${items.join('')}`;
}

export function bulks(texts: readonly ByteString[]): ByteString {
  return array(texts.map(bulk));
}

export function nullBulk(version: RespVersion): ByteString {
  return version === 3 ? '_\r\n' : '$-1\r\n';
}

export function nullArray(version: RespVersion): ByteString {
  return version === 3 ? '_\r\n' : '*-1\r\n';
}

/** Keys and values in turn, all encoded: a map, or a flat array in RESP2. */
export function map(pairs: readonly ByteString[], version: RespVersion): ByteString {
  return version === 3 ? `%${pairs.length / 2}\r\n${pairs.join('')}` : array(pairs);
}

export function set(items: readonly ByteString[], version: RespVersion): ByteString {
  return version === 3 ? `~${items.length}\r\n${items.join('')}` : array(items);
}

export function push(items: readonly ByteString[], version: RespVersion): ByteString {
  return version === 3 ? `>${items.length}\r\n${items.join('')}` : array(items);
}

/** Text for people: a verbatim string, or a bulk in RESP2. */
export function verbatim(text: ByteString, version: RespVersion): ByteString {
  return version === 3 ? `=${text.length + 4}\r\ntxt:${text}\r\n` : bulk(text);
}

/** A floating point number as Redis writes one (17 significant digits, no exponent where it can be avoided). */
export function double(value: number, version: RespVersion): ByteString {
  const text = Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan';
  return version === 3 ? `,${text}\r\n` : bulk(text);
}

function oneLine(text: ByteString): ByteString {
  return /[\r\n]/.test(text) ? text.replace(/[\r\n]/g, ' ') : text;
}
