import type { ByteString } from '../../model/bytes.ts';

/** A number as C's strtol reads it: what is not one is 0. */
export function toInteger(text: ByteString): number {
  if (isDigit(text)) return text.charCodeAt(0) - 48;
  const match = /^[ \t-\r]*([+-]?\d{1,15})/.exec(text);
  return match === null ? 0 : Number(match[1]);
}

/** Most numbers in rules are one digit. */
function isDigit(text: ByteString): boolean {
  const code = text.charCodeAt(0);
  return text.length === 1 && code >= 48 && code <= 57;
}

/** Comparisons of numbers, by operator. */
export const COMPARISONS: Readonly<Record<string, (value: number, argument: number) => boolean>> = {
  eq: (value, argument) => value === argument,
  ge: (value, argument) => value >= argument,
  gt: (value, argument) => value > argument,
  le: (value, argument) => value <= argument,
  lt: (value, argument) => value < argument,
};
