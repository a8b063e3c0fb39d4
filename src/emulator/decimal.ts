import type { ByteString } from '../model/bytes.ts';
import { grisuDigits } from './grisu.ts';

/**
 * INCRBYFLOAT calculates in long double and prints 17 decimals. Decimals with that many, rounded to the 64 binary
 * digits of a long double, give the same text.
 */
const DECIMALS = 17;
const UNIT = 10n ** BigInt(DECIMALS);

/** A decimal number times 10^17; undefined when it is none or has an exponent beyond 300. */
export function decimalOf(text: ByteString): bigint | undefined {
  const parts = /^([+-]?)(\d{0,64})(?:\.(\d{0,64}))?(?:e([+-]?\d{1,4}))?$/i.exec(text.slice(0, 256));
  if (parts === null || text.length > 256) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent) + DECIMALS - fraction.length;
  if (whole + fraction === '' || Math.abs(Number(exponent)) > 300) return undefined;
  const digits = BigInt(whole + fraction);
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return rounded(sign === '-' ? -size : size);
}

export function decimalText(exact: bigint): ByteString {
  const value = rounded(exact);
  const size = value < 0n ? -value : value;
  const fraction = (size % UNIT).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
}

const MANTISSA_BITS = 64;

/** The nearest number that a long double holds. */
function rounded(value: bigint): bigint {
  const size = value < 0n ? -value : value;
  const bits = (size / UNIT).toString(2).length;
  // Fractions of small numbers are finer than the decimals.
  if (bits < MANTISSA_BITS - 57) return value;
  const places = BigInt(MANTISSA_BITS - bits);
  const kept =
    places >= 0n
      ? divided(divided(size << places, UNIT) * UNIT, 1n << places)
      : divided(size, UNIT << -places) * (UNIT << -places);
  return value < 0n ? -kept : kept;
}

/** To the nearest whole number, halves to the even one. */
function divided(value: bigint, by: bigint): bigint {
  const [whole, rest] = [value / by, value % by];
  const twice = 2n * rest;
  return twice > by || (twice === by && whole % 2n === 1n) ? whole + 1n : whole;
}

const DIGITS = 17;
/** More than any double has that lies half-way between two texts of 17 digits. */
const EXACT_DIGITS = 80;

/** A double as C's `%.17g` prints it: scores up to 7.0. */
export function doubleText(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const sign = value < 0 ? '-' : '';
  const { digits, exponent } = significant(Math.abs(value));
  const short = digits.replace(/0+$/, '');
  if (exponent < -4 || exponent >= DIGITS) {
    const rest = short.length > 1 ? `.${short.slice(1)}` : '';
    const width = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${short.slice(0, 1)}${rest}e${exponent < 0 ? '-' : '+'}${width}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${short}`;
  const whole = digits.slice(0, exponent + 1);
  return short.length <= whole.length ? sign + whole : `${sign}${whole}.${short.slice(whole.length)}`;
}

/** The 17 first digits. What lies half-way JavaScript rounds up, and C to the even digit. */
function significant(size: number): { digits: string; exponent: number } {
  const [mantissa = '', power = '0'] = size.toExponential(DIGITS - 1).split('e');
  const digits = mantissa.replace('.', '');
  if (!/[13579]$/.test(digits)) return { digits, exponent: Number(power) };
  const [long = '', exact = '0'] = size.toExponential(EXACT_DIGITS).split('e');
  const all = long.replace('.', '');
  const halfway = /^50*$/.test(all.slice(DIGITS));
  return halfway
    ? { digits: all.slice(0, DIGITS), exponent: Number(exact) }
    : { digits, exponent: Number(power) };
}

/** Greatest integers that are written out in full (d2string of 7.2 and later). */
const WRITTEN_OUT = 2 ** 62;

/** A double with as few digits as tell it, as 7.2 and later write one (fpconv_dtoa). */
export function shortDoubleText(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (Number.isInteger(value) && Math.abs(value) <= WRITTEN_OUT) return String(BigInt(value));
  const known = TEXTS.get(value);
  if (known !== undefined) return known;
  const { digits, scale } = grisuDigits(Math.abs(value));
  const text = (value < 0 ? '-' : '') + placed(digits, scale + digits.length - 1, scale);
  if (TEXTS.size >= MOST_TEXTS) TEXTS.clear();
  TEXTS.set(value, text);
  return text;
}

/** Texts of late: to find one costs some microseconds. */
const TEXTS = new Map<number, ByteString>();
const MOST_TEXTS = 4_096;

/** `digits` times ten to the power of `scale`; `exponent` is that of the first digit. */
function placed(digits: string, exponent: number, scale: number): string {
  if (scale >= 0 && exponent < digits.length + 7) return digits + '0'.repeat(scale);
  if (scale < 0 && (scale > -7 || Math.abs(exponent) < 4)) {
    const whole = digits.length + scale;
    return whole > 0
      ? `${digits.slice(0, whole)}.${digits.slice(whole)}`
      : `0.${'0'.repeat(-whole)}${digits}`;
  }
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits.slice(0, 1)}${rest}e${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
