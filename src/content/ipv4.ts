import type { ByteString } from '../model/bytes.ts';

/** A dotted quad found in a text. */
export interface FoundAddress {
  readonly address: string;
  readonly start: number;
  /** Index behind the last digit. */
  readonly end: number;
}

/** All dotted quads that stand alone: not part of a longer number, version or word. Linear. */
export function ipv4In(text: ByteString, most: number): FoundAddress[] {
  const found: FoundAddress[] = [];
  for (const match of text.matchAll(QUAD)) {
    const start = match.index;
    const end = start + match[0].length;
    const before = text.charCodeAt(start - 1);
    const after = text[end] ?? '';
    if (isWord(before) || text[start - 1] === '.') continue;
    if (/[A-Za-z0-9_-]/.test(after) || (after === '.' && /\d/.test(text[end + 1] ?? ''))) continue;
    if (match[0].split('.').some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) {
      continue;
    }
    found.push({ address: match[0], start, end });
    if (found.length >= most) break;
  }
  return found;
}

/** Every repetition is bounded, so this cannot run away. */
const QUAD = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g;

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Addresses that point at the machine itself or at nobody: of no use as an indicator. */
export function isNowhere(address: string): boolean {
  return /^(0\.|127\.|255\.255\.255\.255$|22[4-9]\.|23\d\.)/.test(address);
}

/** RFC 1918, link-local and carrier-grade NAT space: another network's machine of the same number is a stranger. */
export function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    address,
  );
}
