/** A floating point number with 64 bits: `fraction` times two to the power of `exponent`. */
interface Wide {
  readonly fraction: bigint;
  readonly exponent: number;
}

/** Digits, and the power of ten that their last one stands for. */
export interface Digits {
  readonly digits: string;
  readonly scale: number;
}

const HIDDEN = 2n ** 52n;
const BIAS = 1_075;
const WORD = 64;
const FIRST_POWER = -348;
const STEP = 8;
const POWERS = 87;
/** Where the product's exponent has to lie. */
const LEAST = -60;
const MOST = -32;

/**
 * The digits of a positive double by Grisu2 (F. Loitsch), as Redis prints them since 7.2 (fpconv_dtoa). Mostly the
 * fewest that tell it, as in JavaScript; but half-way between two texts, and at the edge of what a text stands for, the
 * choice falls differently.
 */
export function grisuDigits(value: number): Digits {
  const { fraction, exponent } = partsOf(value);
  const upper = normalized(2n * fraction + 1n, exponent - 1);
  const shift = fraction === HIDDEN ? 2 : 1;
  const low = ((fraction << BigInt(shift)) - 1n) << BigInt(exponent - shift - upper.exponent);
  const { power, ten } = cachedPower(upper.exponent);
  const wide = times(normalized(fraction, exponent), power);
  const top = times(upper, power);
  const bottom = times({ fraction: low, exponent: upper.exponent }, power);
  return generated(wide.fraction, { ...top, fraction: top.fraction - 1n }, bottom.fraction + 1n, -ten);
}

const view = new DataView(new ArrayBuffer(8));

function partsOf(value: number): Wide {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const power = Number(bits >> 52n);
  const fraction = bits & (HIDDEN - 1n);
  return power === 0
    ? { fraction, exponent: 1 - BIAS }
    : { fraction: fraction + HIDDEN, exponent: power - BIAS };
}

function normalized(fraction: bigint, exponent: number): Wide {
  const shift = WORD - fraction.toString(2).length;
  return { fraction: fraction << BigInt(shift), exponent: exponent - shift };
}

function times(one: Wide, other: Wide): Wide {
  return {
    fraction: (one.fraction * other.fraction + (1n << 63n)) >> 64n,
    exponent: one.exponent + other.exponent + WORD,
  };
}

const cache: (Wide | undefined)[] = [];

/** The power of ten at `index` of a table in steps of 10^8, rounded to 64 bits. */
function powerAt(index: number): Wide {
  let power = cache[index];
  if (power === undefined) {
    power = roundedPower(FIRST_POWER + STEP * index);
    cache[index] = power;
  }
  return power;
}

function roundedPower(ten: number): Wide {
  const size = 10n ** BigInt(Math.abs(ten));
  const length = size.toString(2).length;
  // Two bits more than are kept, to round by.
  const shift = ten >= 0 ? WORD + 2 - length : WORD + 1 + length;
  const long =
    ten >= 0 ? (shift >= 0 ? size << BigInt(shift) : size >> BigInt(-shift)) : (1n << BigInt(shift)) / size;
  const spare = long.toString(2).length - WORD;
  const fraction = (long + (1n << BigInt(spare - 1))) >> BigInt(spare);
  return { fraction, exponent: spare - shift };
}

function cachedPower(exponent: number): { power: Wide; ten: number } {
  const near = Math.trunc(-(exponent + POWERS) * 0.30102999566398114);
  let index = Math.trunc((near - FIRST_POWER) / STEP);
  for (;;) {
    const power = powerAt(index);
    const sum = exponent + power.exponent + WORD;
    if (sum < LEAST) index++;
    else if (sum > MOST) index--;
    else return { power, ten: FIRST_POWER + STEP * index };
  }
}

const word = (value: bigint): bigint => BigInt.asUintN(WORD, value);

function generated(fraction: bigint, upper: Wide, lower: bigint, scale: number): Digits {
  const bits = BigInt(-upper.exponent);
  const one = 1n << bits;
  const below = upper.fraction - fraction;
  let delta = upper.fraction - lower;
  let whole = upper.fraction >> bits;
  let rest = upper.fraction & (one - 1n);
  let digits = '';
  for (let kappa = 9; kappa >= 0; kappa--) {
    const unit = 10n ** BigInt(kappa);
    const digit = whole / unit;
    if (digit > 0n || digits !== '') digits += String(digit);
    whole -= digit * unit;
    const left = (whole << bits) + rest;
    if (left <= delta)
      return { digits: weeded(digits, delta, left, unit << bits, below), scale: scale + kappa };
  }
  for (let kappa = -1, unit = 10n; ; kappa--, unit *= 10n) {
    rest *= 10n;
    delta *= 10n;
    const digit = rest >> bits;
    if (digit > 0n || digits !== '') digits += String(digit);
    rest &= one - 1n;
    if (rest < delta)
      return { digits: weeded(digits, delta, rest, one, word(below * unit)), scale: scale + kappa };
  }
}

/** Counts the last digit down for as long as that comes nearer. */
function weeded(digits: string, delta: bigint, rest: bigint, unit: bigint, below: bigint): string {
  let last = Number(digits.slice(-1));
  let left = rest;
  while (
    left < below &&
    delta - left >= unit &&
    (left + unit < below || below - left > left + unit - below)
  ) {
    last--;
    left += unit;
  }
  return digits.slice(0, -1) + String(last);
}
