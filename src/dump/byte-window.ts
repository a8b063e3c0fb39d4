import type { ByteString } from '../model/bytes.ts';
import { crc64 } from '../redis/crc64.ts';
import type { ByteSource } from './byte-source.ts';
import { DumpEndsEarly, DumpFault } from './dump-fault.ts';

/**
 * A part of a file in memory that moves forward. The functions of this module work on its fields directly: a call a byte
 * through a closure would cost more than all else.
 */
export interface ByteWindow {
  readonly source: ByteSource;
  readonly bytes: Buffer;
  /** The next byte to read, and the end of what is in memory; both places in `bytes`. */
  at: number;
  end: number;
  /** Offset in the file of `bytes[0]`. */
  base: number;
  /** CRC-64 of all bytes before `summed` (a place in `bytes`); undefined when nobody wants it. */
  sum: bigint | undefined;
  summed: number;
  /** Bytes that LZF has made so far. */
  unpacked: number;
}

const CAPACITY = 2_097_152;
/** The most that may be asked for in one piece. */
export const LONGEST_PIECE = 1_048_576;

export function createByteWindow(source: ByteSource, withSum: boolean): ByteWindow {
  return {
    source,
    bytes: Buffer.allocUnsafeSlow(CAPACITY),
    at: 0,
    end: 0,
    base: 0,
    sum: withSum ? 0n : undefined,
    summed: 0,
    unpacked: 0,
  };
}

/** Offset in the file of the next byte. */
export function offsetOf(window: ByteWindow): number {
  return window.base + window.at;
}

/** Makes sure that the next `count` bytes are in memory; throws `DumpEndsEarly` when there are no more so many. */
export function need(window: ByteWindow, count: number): void {
  if (window.end - window.at < count && !fill(window, count)) throw new DumpEndsEarly();
}

/** The same for who can live with less: true when they are there. */
export function fill(window: ByteWindow, count: number): boolean {
  if (window.end - window.at >= count) return true;
  if (count > LONGEST_PIECE) throw new DumpFault('a piece beyond all bounds');
  addToSum(window);
  window.bytes.copyWithin(0, window.at, window.end);
  window.base += window.at;
  window.end -= window.at;
  window.at = 0;
  window.summed = 0;
  while (window.end < count) {
    const got = window.source.read(window.bytes, window.end, CAPACITY - window.end);
    if (got === 0) return false;
    window.end += got;
  }
  return true;
}

/** True when nothing follows. */
export function atEnd(window: ByteWindow): boolean {
  return !fill(window, 1);
}

/** Passes over any number of bytes. */
export function skip(window: ByteWindow, count: number): void {
  let left = count;
  for (;;) {
    const here = Math.min(left, window.end - window.at);
    window.at += here;
    left -= here;
    if (left === 0) return;
    need(window, 1);
  }
}

export function byteOf(window: ByteWindow): number {
  if (window.at >= window.end) need(window, 1);
  return window.bytes[window.at++] ?? 0;
}

/** The next `count` bytes, at most `LONGEST_PIECE`, as text. */
export function textOf(window: ByteWindow, count: number): ByteString {
  need(window, count);
  const from = window.at;
  window.at += count;
  return window.bytes.toString('latin1', from, window.at);
}

/** CRC-64 of all that was read so far. */
export function sumSoFar(window: ByteWindow): bigint | undefined {
  addToSum(window);
  return window.sum;
}

function addToSum(window: ByteWindow): void {
  if (window.sum !== undefined && window.summed < window.at) {
    window.sum = crc64(window.bytes.subarray(window.summed, window.at), window.sum);
  }
  window.summed = window.at;
}
