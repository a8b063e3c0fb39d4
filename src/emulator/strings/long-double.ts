import type { ByteString } from '../../model/bytes.ts';

/**
 * An x87 extended double, with which INCRBYFLOAT calculates: `mantissa` times two to the `exponent`, exactly. A
 * mantissa has at most 64 bits.
 */
export interface LongDouble {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const BITS = 64;
/** Of the least number above zero, and of the greatest's last bit. */
const LEAST_EXPONENT = -16_445;
const MOST_EXPONENT = 16_384 - BITS;
/** Longest text of a number that is read (MAX_LONG_DOUBLE_CHARS). */
const LONGEST = 5 * 1_024;

/** The number, an infinity, or undefined for text that is none or is out of range, as string2ld has it. */
export function longDoubleOf(text: ByteString): LongDouble | 'infinite' | undefined {
  if (text.length >= LONGEST) return undefined;
  if (/^[+-]?inf(inity)?$/i.test(text)) return 'infinite';
  return hexadecimal(text) ?? decimal(text);
}

function decimal(text: ByteString): LongDouble | undefined {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  if (digits === 0n) return { mantissa: 0n, exponent: 0 };
  const shift = Number(power) - fraction.length;
  // Far out of range: not worth the digits.
  if (Math.abs(shift) > 2 * LONGEST) return undefined;
  const size =
    shift >= 0 ? rounded(digits * 10n ** BigInt(shift), 1n) : rounded(digits, 10n ** BigInt(-shift));
  return size === undefined || size.mantissa === 0n ? undefined : signed(size, sign);
}

function hexadecimal(text: ByteString): LongDouble | undefined {
  const parts = /^([+-]?)0x([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?\d+))?$/i.exec(text);
  if (parts === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  if (whole + fraction === '') return undefined;
  const digits = BigInt(`0x${whole}${fraction}`);
  if (digits === 0n) return { mantissa: 0n, exponent: 0 };
  const shift = Number(power) - 4 * fraction.length;
  if (Math.abs(shift) > 40 * LONGEST) return undefined;
  const size = shift >= 0 ? rounded(digits << BigInt(shift), 1n) : rounded(digits, 1n << BigInt(-shift));
  return size === undefined || size.mantissa === 0n ? undefined : signed(size, sign);
}

function signed({ mantissa, exponent }: LongDouble, sign: string): LongDouble {
  return { mantissa: sign === '-' ? -mantissa : mantissa, exponent };
}

/** A positive quotient, rounded to the nearest, of two equals the even one. Undefined when it is too great. */
function rounded(above: bigint, below: bigint): LongDouble | undefined {
  let exponent = Math.max(bitLength(above) - bitLength(below) - BITS, LEAST_EXPONENT);
  for (;;) {
    const [n, d] = exponent >= 0 ? [above, below << BigInt(exponent)] : [above << BigInt(-exponent), below];
    const mantissa = halfEven(n, d);
    if (bitLength(mantissa) <= BITS) return exponent > MOST_EXPONENT ? undefined : { mantissa, exponent };
    exponent++;
  }
}

function halfEven(above: bigint, below: bigint): bigint {
  const [whole, rest] = [above / below, above % below];
  const twice = 2n * rest;
  return twice > below || (twice === below && (whole & 1n) === 1n) ? whole + 1n : whole;
}

function bitLength(value: bigint): number {
  const digits = value.toString(16);
  return digits.length * 4 - Math.clz32(Number.parseInt(digits.slice(0, 1), 16)) + 28;
}

/** The sum as the processor rounds it; undefined when it is infinite. */
export function sumOf(one: LongDouble, other: LongDouble): LongDouble | undefined {
  const exponent = Math.min(one.exponent, other.exponent);
  const total =
    (one.mantissa << BigInt(one.exponent - exponent)) + (other.mantissa << BigInt(other.exponent - exponent));
  if (total === 0n) return { mantissa: 0n, exponent: 0 };
  const size = total < 0n ? -total : total;
  const sum = exponent >= 0 ? rounded(size << BigInt(exponent), 1n) : rounded(size, 1n << BigInt(-exponent));
  return sum === undefined ? undefined : signed(sum, total < 0n ? '-' : '');
}

const DECIMALS = 17n;

/** As C's `%.17Lf` prints it, without the zeros at the end. */
export function longDoubleText({ mantissa, exponent }: LongDouble): ByteString {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const unit = 10n ** DECIMALS;
  const scaled =
    exponent >= 0 ? (size << BigInt(exponent)) * unit : halfEven(size * unit, 1n << BigInt(-exponent));
  const fraction = (scaled % unit).toString().padStart(Number(DECIMALS), '0').replace(/0+$/, '');
  const text = `${scaled / unit}${fraction === '' ? '' : `.${fraction}`}`;
  return mantissa < 0n && text !== '0' ? `-${text}` : text;
}
