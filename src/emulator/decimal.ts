import type { ByteString } from '../model/bytes.ts';

/** INCRBYFLOAT calculates in long double and prints 17 decimals; exact decimals with that many give the same text. */
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
  return sign === '-' ? -size : size;
}

export function decimalText(value: bigint): ByteString {
  const size = value < 0n ? -value : value;
  const fraction = (size % UNIT).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
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

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
