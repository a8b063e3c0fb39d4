import type { ByteString } from '../../model/bytes.ts';
import type { Quantisation } from './vector-set.ts';

/** A vector of length 1 as a set keeps it, with the length it had. All reckoning is in 32-bit floats. */
export type StoredVector =
  /** Components of -127 to 127 stand for `-range` to `range`. */
  | { readonly form: 'int8'; readonly parts: Int8Array; readonly range: number; readonly length: number }
  /** One bit a component, set above zero. */
  | { readonly form: 'bin'; readonly bits: Uint32Array; readonly dimension: number; readonly length: number }
  | { readonly form: 'f32'; readonly parts: Float32Array; readonly length: number };

const f = Math.fround;
const TOP = 127;

/** The Euclidean length, summed in fours as the real server does: the last digit depends on it (measured). */
function lengthOf(parts: Float32Array): number {
  const square = (at: number): number => f((parts[at] ?? 0) * (parts[at] ?? 0));
  let [sum, at] = [0, 0];
  for (; at + 4 <= parts.length; at += 4) {
    sum = f(sum + f(f(f(square(at) + square(at + 1)) + square(at + 2)) + square(at + 3)));
  }
  for (; at < parts.length; at++) sum = f(sum + square(at));
  return f(Math.sqrt(sum));
}

/** Brings a vector to length 1 and into the form of a set. The argument is changed. */
export function store(parts: Float32Array, form: Quantisation): StoredVector {
  // A vector of nothing but noughts has no direction, and counts as one of length 1.
  const length = lengthOf(parts) || 1;
  for (let at = 0; at < parts.length; at++) parts[at] = f((parts[at] ?? 0) / length);
  switch (form) {
    case 'int8':
      return { form, ...quantised(parts), length };
    case 'bin':
      return { form, bits: bitsOf(parts), dimension: parts.length, length };
    case 'f32':
      return { form, parts, length };
  }
}

function quantised(parts: Float32Array): { parts: Int8Array; range: number } {
  let range = 0;
  for (const part of parts) if (Math.abs(part) > range) range = Math.abs(part);
  const quants = new Int8Array(parts.length);
  if (range === 0) return { parts: quants, range };
  const scale = f(TOP / range);
  for (let at = 0; at < parts.length; at++) {
    const scaled = f((parts[at] ?? 0) * scale);
    const size = Math.min(TOP, Math.floor(Math.abs(scaled) + 0.5));
    quants[at] = scaled < 0 ? -size : size;
  }
  return { parts: quants, range };
}

function bitsOf(parts: Float32Array): Uint32Array {
  const bits = new Uint32Array(2 * Math.ceil(parts.length / 64));
  for (const [at, part] of parts.entries()) {
    if (part > 0) bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
  }
  return bits;
}

/** The vector as it was given, as well as the form still tells it; of `bin` only the signs are known. */
export function givenVector(vector: StoredVector): Float32Array {
  const parts = unitVector(vector);
  return vector.form === 'bin' ? parts : parts.map((part) => part * vector.length);
}

function unitVector(vector: StoredVector): Float32Array {
  switch (vector.form) {
    case 'int8': {
      const { range } = vector;
      return Float32Array.from(vector.parts, (part) => f(f(part * range) / TOP));
    }
    case 'bin':
      return Float32Array.from({ length: vector.dimension }, (_, at) =>
        (((vector.bits[at >> 5] ?? 0) >>> (at & 31)) & 1) === 1 ? 1 : -1,
      );
    case 'f32':
      return vector.parts.slice();
  }
}

export function storedBytes(vector: StoredVector): number {
  return (vector.form === 'bin' ? vector.bits : vector.parts).byteLength;
}

export function copyOfVector(vector: StoredVector): StoredVector {
  return vector.form === 'bin'
    ? { ...vector, bits: vector.bits.slice() }
    : vector.form === 'int8'
      ? { ...vector, parts: vector.parts.slice() }
      : { ...vector, parts: vector.parts.slice() };
}

/** As VEMB RAW and DUMP tell it. */
export function vectorBytes(vector: StoredVector): ByteString {
  const content = vector.form === 'bin' ? vector.bits : vector.parts;
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1');
}

/** The other way round; undefined when the bytes are not as many as the dimension needs. */
export function vectorFrom(
  bytes: ByteString,
  form: Quantisation,
  dimension: number,
  length: number,
  range: number,
): StoredVector | undefined {
  const { buffer } = Uint8Array.from(Buffer.from(bytes, 'latin1'));
  switch (form) {
    case 'int8':
      return bytes.length === dimension ? { form, parts: new Int8Array(buffer), range, length } : undefined;
    case 'bin':
      return bytes.length === 8 * Math.ceil(dimension / 64)
        ? { form, bits: new Uint32Array(buffer), dimension, length }
        : undefined;
    case 'f32':
      return bytes.length === 4 * dimension ? { form, parts: new Float32Array(buffer), length } : undefined;
  }
}
