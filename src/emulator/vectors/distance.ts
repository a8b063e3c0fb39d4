import type { StoredVector } from './stored-vector.ts';

const f = Math.fround;
const TOP = 127;
/** Products that are summed in turn to two sums, so that the rounding is that of the real server. */
const STEP = 8;
const HALF = 4;

/** From 0 for the same direction to 2 for the opposite one. Both are of the same form and dimension. */
export function distance(one: StoredVector, other: StoredVector): number {
  if (one.form === 'f32' && other.form === 'f32') return f(1 - floatProduct(one.parts, other.parts));
  if (one.form === 'int8' && other.form === 'int8') {
    if (one.range === 0 || other.range === 0) return 1;
    const scale = f(f(one.range / TOP) * f(other.range / TOP));
    const product = f(f(integerProduct(one.parts, other.parts)) * scale);
    return f(1 - Math.max(-1, Math.min(1, product)));
  }
  if (one.form === 'bin' && other.form === 'bin') {
    return f((differing(one.bits, other.bits) * 2) / one.dimension);
  }
  return 1;
}

/** 1 for the same direction, 0 for the opposite one: what VSIM tells. Infinite parts make no direction: between. */
export function similarity(one: StoredVector, other: StoredVector): number {
  const apart = distance(one, other);
  return Number.isNaN(apart) ? 0.5 : 1 - apart / 2;
}

function integerProduct(one: Int8Array, other: Int8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function floatProduct(one: Float32Array, other: Float32Array): number {
  let [first, second, at] = [0, 0, 0];
  for (; at + STEP <= one.length; at += STEP) {
    first = f(first + four(one, other, at));
    second = f(second + four(one, other, at + HALF));
  }
  for (; at < one.length; at++) first = f(first + f((one[at] ?? 0) * (other[at] ?? 0)));
  return f(first + second);
}

function four(one: Float32Array, other: Float32Array, from: number): number {
  let sum = f((one[from] ?? 0) * (other[from] ?? 0));
  for (let at = from + 1; at < from + HALF; at++) sum = f(sum + f((one[at] ?? 0) * (other[at] ?? 0)));
  return sum;
}

function differing(one: Uint32Array, other: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < one.length; at++) {
    for (let bits = (one[at] ?? 0) ^ (other[at] ?? 0); bits !== 0; bits &= bits - 1) count++;
  }
  return count;
}
