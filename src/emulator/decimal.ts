import type { ByteString } from '../model/bytes.ts';

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

/** A double as C's `%.17g` prints it: scores in RESP2. */
export function doubleText(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', power = '0'] = value.toExponential(16).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 17) {
    const width = String(Math.abs(exponent)).padStart(2, '0');
    return `${trimmed(digits)}e${exponent < 0 ? '-' : '+'}${width}`;
  }
  return trimmed(value.toFixed(Math.max(0, 16 - exponent)));
}

/** Greatest integers that are written out in full (d2string of 7.2 and later). */
const WRITTEN_OUT = 2 ** 62;

/** A double with as few digits as tell it, as 7.2 and later write one (fpconv_dtoa). */
export function shortDoubleText(value: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  if (Number.isInteger(value) && Math.abs(value) <= WRITTEN_OUT) return String(value);
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const digits = notHalfway(mantissa.replace('.', ''), value);
  const exponent = Number(power);
  const text = placed(digits, exponent, exponent - digits.length + 1);
  return value < 0 ? `-${text}` : text;
}

const LONG = 15;

/** A double half way between two texts: JavaScript takes the even digit, Redis (Grisu2) the greater one. */
function notHalfway(digits: string, value: number): string {
  if (digits.length < LONG) return digits;
  const [exact = ''] = Math.abs(value).toExponential(digits.length + 20).split('e');
  const all = exact.replace('.', '');
  const between = all.startsWith(digits) && /^50*$/.test(all.slice(digits.length));
  return between ? digits.slice(0, -1) + String(Number(digits.slice(-1)) + 1) : digits;
}

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

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
