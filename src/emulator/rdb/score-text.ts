import type { ByteString } from '../../model/bytes.ts';
import type { Level } from '../version.ts';

/** Doubles of at most this size with no fraction are printed as integers. */
const MOST_INTEGER = 4_503_599_627_370_495;
/** 7.0 keeps greater ones as integers too, up to half of what 64 bits hold. */
const MOST_LONG = 2 ** 62;

/** A score as a small sorted set holds it: `%.17g` before 7.2, as few digits as tell it since. */
export function scoreText(score: number, level: Level): ByteString {
  if (Number.isInteger(score) && !Object.is(score, -0)) {
    if (Math.abs(score) <= MOST_INTEGER) return String(score);
    if (level >= 7 && Math.abs(score) < MOST_LONG) return String(BigInt(score));
  }
  return level >= 7.2 ? shortestText(score) : exactText(score);
}

/**
 * C's `%.17g`, for finite doubles. JavaScript rounds a tie up where C takes the even digit: 641006120890669.125 is
 * ...12, not ...13.
 */
function exactText(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const sign = value < 0 ? '-' : '';
  const [long = '', power = '0'] = Math.abs(value).toExponential(MOST_DIGITS).split('e');
  const exact = long.replace('.', '');
  const tie = /^50*$/.test(exact.slice(DIGITS)) && Number(exact[DIGITS - 1]) % 2 === 0;
  const rounded = Math.abs(value)
    .toExponential(DIGITS - 1)
    .split('e');
  const digits = tie ? exact.slice(0, DIGITS) : (rounded[0] ?? '').replace('.', '');
  const exponent = Number(tie ? power : rounded[1]);
  const short = digits.replace(/0+$/, '');
  if (exponent < -4 || exponent >= DIGITS) {
    const width = String(Math.abs(exponent)).padStart(2, '0');
    const fraction = short.length > 1 ? `.${short.slice(1)}` : '';
    return `${sign}${short[0] ?? ''}${fraction}e${exponent < 0 ? '-' : '+'}${width}`;
  }
  if (short.length <= exponent + 1) return sign + short.padEnd(exponent + 1, '0');
  return sign + withPoint(short, exponent);
}

const DIGITS = 17;
const MOST_DIGITS = 60;

/** As fpconv, the printer of 7.2 and later, writes the shortest digits: plain while that takes few zeros. */
export function shortestText(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace('.', '');
  const exponent = Number(power);
  const shift = exponent - digits.length + 1;
  if (shift >= 0 && Math.abs(exponent) < digits.length + 7) return sign + digits + '0'.repeat(shift);
  if (shift < 0 && (shift > -7 || Math.abs(exponent) < 4)) return sign + withPoint(digits, exponent);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits[0] ?? ''}${fraction}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}

function withPoint(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
