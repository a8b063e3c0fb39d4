import type { ByteString } from '../../model/bytes.ts';
import { narrowed } from './hex.ts';

/** CSS escapes: one to six hex digits and a blank, a broken line, or any character by itself. */
const ESCAPE = /\\(?:([0-9a-fA-F]{1,6})[ \t\n\v\f\r]?|\n|([^])|$)/g;

export function cssDecode(value: ByteString): ByteString {
  if (!value.includes('\\')) return value;
  return value.replace(ESCAPE, (_, digits?: string, other?: string) => {
    if (digits !== undefined) return String.fromCharCode(decoded(digits));
    return other ?? '';
  });
}

/** The lower byte; full-width characters only where the digits above the four that name them are zeros. */
function decoded(digits: string): number {
  const code = Number.parseInt(digits, 16);
  if (digits.length < 4) return code & 0xff;
  const above = digits.slice(0, -4);
  return /^0*$/.test(above) ? narrowed(code & 0xffff) : code & 0xff;
}
