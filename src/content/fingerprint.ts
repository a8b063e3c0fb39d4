import { createHash } from 'node:crypto';
import type { ByteString } from '../model/bytes.ts';

/**
 * Characters that must remain of a shape for it to say anything: fewer are shared by honest values. The commonest drop,
 * a schedule with `curl URL | sh`, leaves 13.
 */
const SHORTEST_SHAPE = 13;
const LONGEST = 65_536;

/** SHA-256 of a value without its outer white space, lower-case hex: the padding differs from one tool to the next. */
export function valueFingerprint(bytes: ByteString): string {
  return sha256(trimmed(bytes));
}

/**
 * SHA-256 of a value with its variable parts replaced by tokens: URLs, addresses, encoded blobs, numbers. Two drops of
 * one tool with other servers behind them share it. Undefined when too little is left to tell anything.
 */
export function shapeFingerprint(bytes: ByteString): string | undefined {
  const shape = shapeOf(bytes);
  return shape.replace(/<[a-z0-9]+>|\s/g, '').length < SHORTEST_SHAPE ? undefined : sha256(shape);
}

export function shapeOf(bytes: ByteString): ByteString {
  return trimmed(bytes.slice(0, LONGEST))
    .replace(/[A-Za-z+]{2,12}:\/\/[^\s"'`|;<>()\\]{1,2048}/g, '<url>')
    .replace(/\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?/g, '<address>')
    .replace(/[A-Za-z0-9+/]{24,}={0,2}/g, '<blob>')
    .replace(/\d+/g, '<n>')
    .replace(/\s+/g, ' ');
}

/** Outer white space, C's isspace, and NUL. */
export function trimmed(bytes: ByteString): ByteString {
  let start = 0;
  let end = bytes.length;
  while (start < end && isOuter(bytes.charCodeAt(start))) start++;
  while (end > start && isOuter(bytes.charCodeAt(end - 1))) end--;
  return bytes.slice(start, end);
}

function isOuter(code: number): boolean {
  return code === 32 || code === 0 || (code >= 9 && code <= 13);
}

function sha256(bytes: ByteString): string {
  return createHash('sha256').update(bytes, 'latin1').digest('hex');
}
