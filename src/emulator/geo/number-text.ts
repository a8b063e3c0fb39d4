import type { ByteString } from '../../model/bytes.ts';

/** A finite double as a whole number times a power of two. */
function partsOf(value: number): { readonly whole: bigint; readonly power: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return exponent === 0
    ? { whole: fraction, power: -1_074 }
    : { whole: fraction | (1n << 52n), power: exponent - 1_075 };
}

/** As C's `%.Nf` prints a double: exact, and of two equals the even one. */
export function fixedText(value: number, decimals: number): ByteString {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const { whole, power } = partsOf(value);
  const scaled = whole * 10n ** BigInt(decimals);
  const digits = (power >= 0 ? scaled << BigInt(power) : halfEven(scaled, 1n << BigInt(-power)))
    .toString()
    .padStart(decimals + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function halfEven(above: bigint, below: bigint): bigint {
  const [quotient, rest] = [above / below, above % below];
  const twice = 2n * rest;
  return twice > below || (twice === below && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** A coordinate: 17 decimals without the zeros at the end. */
export function coordinateText(value: number): ByteString {
  const text = fixedText(value, 17).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}

/** A distance with 4 decimals; from 7.2 on the double is scaled and rounded, and not its exact value. */
export function distanceText(value: number, scaled: boolean): ByteString {
  if (!scaled || !Number.isFinite(value)) return fixedText(value, 4);
  const digits = String(roundEven(value * 10_000)).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
