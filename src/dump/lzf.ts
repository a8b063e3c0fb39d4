import type { ByteString } from '../model/bytes.ts';
import type { ByteWindow } from './byte-window.ts';
import { need, offsetOf, skip } from './byte-window.ts';
import { DumpFault } from './dump-fault.ts';

/*
 * LZF: a control byte below 32 is followed by that many literals and one more; otherwise its upper three bits are a
 * length less 2 (7: another byte of length follows) and the lower five with the next byte a distance back less 1.
 */

const FARTHEST = 8_192;
/** What one step can write, and what it can take. */
const LONGEST_STEP = 264;
const LONGEST_INPUT = 33;
/** A claim beyond what a match can make of three bytes is a lie. */
const MOST_EXPANSION = 264;
const PIECE = 65_536;
/**
 * A file of nothing but bombs makes 264 bytes of one. What all of a file may become, beside a first amount; beyond, only the
 * very beginning of each string is unpacked. Data of applications stay far below.
 */
const MOST_RATIO = 12;
const ALWAYS = 67_108_864;
const LEAST = 64;

/** What is unpacked. Of longer strings only the last part stays, as far as a match can reach back. */
const room = Buffer.allocUnsafeSlow(1_048_576);
const FULL = room.length - LONGEST_STEP;

/** Bytes of the beginning that can be had. */
export const LONGEST_UNPACKED = FULL;

export interface Unpacked {
  /** A view, good until the next string is unpacked. */
  readonly head: Buffer;
  readonly tail: ByteString;
}

/**
 * Unpacks `packed` bytes that say they make `length`: gives the first `headBytes` and, of longer ones, the last
 * `tailBytes` (at most 8,192). It stops where it has what is wanted and passes over the rest.
 */
export function unpackLzf(
  window: ByteWindow,
  packed: number,
  length: number,
  headBytes: number,
  tailBytes: number,
): Unpacked {
  if (length > packed * MOST_EXPANSION) throw new DumpFault('LZF data that cannot become so long');
  const affordable = MOST_RATIO * offsetOf(window) + ALWAYS - window.unpacked;
  const wanted = Math.min(headBytes, length, affordable > 0 ? LONGEST_UNPACKED : LEAST);
  const ends = tailBytes > 0 && length <= affordable;
  const stop = ends ? length : wanted;
  let head: Buffer | undefined;
  let left = packed;
  let dropped = 0;
  let to = 0;
  while (left > 0 && dropped + to < stop) {
    if (to > FULL) {
      head ??= Buffer.from(room.subarray(0, wanted));
      room.copyWithin(0, to - FARTHEST, to);
      dropped += to - FARTHEST;
      to = FARTHEST;
    }
    const piece = Math.min(left, PIECE);
    need(window, piece);
    const from = window.at;
    to = expand(window, from + piece, piece === left, to, stop - dropped);
    left -= window.at - from;
  }
  if (dropped + to < stop || dropped + to > length || (stop === length && left > 0))
    throw new DumpFault('LZF data that do not fit');
  skip(window, left);
  window.unpacked += dropped + to;
  return {
    head: head ?? room.subarray(0, wanted),
    tail: length > wanted && ends ? room.toString('latin1', Math.max(0, to - tailBytes), to) : '',
  };
}

/** Goes on from `window.at` until `end`, until `stop` bytes are there or the room is full; returns how many are there. */
function expand(window: ByteWindow, end: number, last: boolean, before: number, stop: number): number {
  const input = window.bytes;
  const safe = last ? end : end - LONGEST_INPUT;
  let at = window.at;
  let to = before;
  while (at < safe && to < stop && to <= FULL) {
    const control = input[at++] ?? 0;
    if (control < 32) {
      const after = at + control + 1;
      if (after > end) throw new DumpFault('LZF data end too soon');
      while (at < after) room[to++] = input[at++] ?? 0;
      continue;
    }
    let count = (control >> 5) + 2;
    if (at + (count === 9 ? 2 : 1) > end) throw new DumpFault('LZF data end too soon');
    if (count === 9) count += input[at++] ?? 0;
    let from = to - (((control & 0x1f) << 8) | (input[at++] ?? 0)) - 1;
    if (from < 0) throw new DumpFault('LZF data that do not fit');
    // Byte by byte: a match may run into what it writes.
    for (const after = to + count; to < after; ) room[to++] = room[from++] ?? 0;
  }
  window.at = at;
  return to;
}
