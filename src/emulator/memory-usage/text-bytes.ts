import { allocatedSize } from '../allocated-size.ts';

/** What a text of its own takes (sds.h): a head by its length, the bytes, a NUL. */
export function textBytes(length: number): number {
  return allocatedSize(headBytes(length) + length + 1);
}

function headBytes(length: number): number {
  if (length < 32) return 1;
  if (length < 256) return 3;
  return length < 65_536 ? 5 : 9;
}
