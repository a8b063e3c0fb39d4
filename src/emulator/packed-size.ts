import type { ByteString } from '../model/bytes.ts';
import { isInteger } from './integer-form.ts';

/** Head and end of a listpack. */
const EMPTY = 7;

/** Bytes of a listpack with these items. */
export function packedListBytes(items: Iterable<ByteString>): number {
  let total = EMPTY;
  for (const item of items) total += packedBytes(item);
  return total;
}

/** Bytes of one entry of a listpack (listpack.c): an integer or a text, its head, and its length at the end. */
export function packedBytes(item: ByteString): number {
  const body = isInteger(item) ? integerBytes(Number(item)) : textBytes(item.length);
  return body + lengthBytes(body);
}

function integerBytes(value: number): number {
  if (value >= 0 && value <= 127) return 1;
  if (value >= -4_096 && value <= 4_095) return 2;
  const bits = [16, 24, 32].find((size) => value >= -(2 ** (size - 1)) && value < 2 ** (size - 1));
  return bits === undefined ? 9 : 1 + bits / 8;
}

function textBytes(length: number): number {
  return length + (length < 64 ? 1 : length < 4_096 ? 2 : 5);
}

function lengthBytes(body: number): number {
  if (body <= 127) return 1;
  if (body < 16_383) return 2;
  if (body < 2_097_151) return 3;
  return body < 268_435_455 ? 4 : 5;
}
