import type { ByteString } from '../model/bytes.ts';
import { fail, NOT_FLOAT } from './command.ts';

/** Longest text that is read as a number. */
const LONGEST = 256;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)(?:p([+-]?\d{1,6}))?$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;

/** A whole text as C's strtod reads it; undefined when it is no number. What is too large is infinite. */
export function strtod(text: ByteString): number | undefined {
  if (text.length > LONGEST) return undefined;
  if (DECIMAL.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  const [, sign = '', whole = '', fraction = '', power = '0'] = HEXADECIMAL.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  const size = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
  return sign === '-' ? -size : size;
}

/** A double as getDoubleFromObject reads it: nothing in front, neither too large nor too small for one. */
export function doubleArgument(text: ByteString, message: string = NOT_FLOAT): number {
  const value = strtod(text);
  if (value === undefined) fail(message);
  const tooLarge = Math.abs(value) === Infinity && !INFINITE.test(text);
  const tooSmall = value === 0 && /[1-9a-f]/i.test(text.replace(/^[+-]?0x|[ep].*$/gi, ''));
  if (tooLarge || tooSmall) fail(message);
  return value;
}

/**
 * The same where blanks may lead and nothing at all is nought: limits of ranges, and what SORT compares. From 8.0 on
 * (fast_float) neither blanks nor hexadecimal digits will do.
 */
export function looseDouble(text: ByteString, modern: boolean): number | undefined {
  if (text === '') return 0;
  if (!modern) return text.length > LONGEST ? undefined : strtod(text.replace(/^\s+/, ''));
  return /^[^x]*$/i.test(text) ? strtod(text) : undefined;
}
