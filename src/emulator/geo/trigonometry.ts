/** A number as the sum of two doubles, the second one far less: twice the digits. */
type Wide = readonly [high: number, low: number];

/** Splits a double in two halves whose products are exact. */
const SPLITTER = 134_217_729;

function product(one: number, other: number): Wide {
  const high = one * other;
  const [a, b] = halves(one);
  const [c, d] = halves(other);
  return [high, a * c - high + a * d + b * c + b * d];
}

function halves(value: number): Wide {
  const shifted = SPLITTER * value;
  const high = shifted - (shifted - value);
  return [high, value - high];
}

function sum(one: number, other: number): Wide {
  const high = one + other;
  const part = high - one;
  return [high, one - (high - part) + (other - part)];
}

function times(one: Wide, other: Wide): Wide {
  const [high, low] = product(one[0], other[0]);
  return sum(high, low + one[0] * other[1] + one[1] * other[0]);
}

function plus(one: Wide, other: Wide): Wide {
  const [high, low] = sum(one[0], other[0]);
  return sum(high, low + one[1] + other[1]);
}

function over(one: Wide, by: number): Wide {
  const high = one[0] / by;
  const [exact, rest] = product(high, by);
  return sum(high, (one[0] - exact - rest + one[1]) / by);
}

const TERMS = 15;

/** The sine of an angle up to a right one, by its series. */
function sine(angle: Wide): Wide {
  const square = times(angle, angle);
  let term: Wide = angle;
  let total: Wide = [0, 0];
  for (let index = 1; index <= TERMS; index++) {
    total = plus(total, term);
    const next = over(times(term, square), 2 * index * (2 * index + 1));
    term = [-next[0], -next[1]];
  }
  return total;
}

const RIGHT_ANGLE: Wide = [1.570_796_326_794_896_6, 6.123_233_995_736_766e-17];
const STRAIGHT_ANGLE: Wide = [Math.PI, 1.224_646_799_147_353_2e-16];

const less = (from: Wide, angle: number): Wide => plus(from, [-angle, 0]);

export interface Trigonometry {
  sin(angle: number): number;
  cos(angle: number): number;
  asin(value: number): number;
}

/**
 * To the nearest double, as a C library has it, for angles up to a straight one. V8's own are off by a bit now and then,
 * which a stored distance would show; these cost fifty times as much.
 */
export const NEAREST: Trigonometry = {
  sin: (angle) => {
    const size = Math.abs(angle);
    const [value] = sine(size > RIGHT_ANGLE[0] ? less(STRAIGHT_ANGLE, size) : [size, 0]);
    return angle < 0 ? -value : value;
  },
  cos: (angle) => {
    const size = Math.abs(angle);
    return size > RIGHT_ANGLE[0]
      ? -sine(plus([size, 0], [-RIGHT_ANGLE[0], -RIGHT_ANGLE[1]]))[0]
      : sine(less(RIGHT_ANGLE, size))[0];
  },
  asin: (value) => {
    const guess = Math.asin(value);
    const slope = Math.cos(guess);
    if (!(Math.abs(value) < 1) || value === 0 || slope === 0) return guess;
    const [high, low] = sine([guess, 0]);
    return guess + (value - high - low) / slope;
  },
};
