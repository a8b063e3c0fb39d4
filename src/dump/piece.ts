import type { ByteString } from '../model/bytes.ts';

/** A string of a dump: its beginning, and how long it is. */
export interface Piece {
  readonly text: ByteString;
  readonly length: number;
  /** The end of one of which only the beginning is in `text`. */
  readonly tail?: ByteString;
}

/** How much of a value is wanted. Lengths in bytes. */
export interface Wanted {
  /** Of a string: so much from its beginning and, when it is longer, from its end. */
  readonly headBytes: number;
  readonly tailBytes: number;
  /** Of all others: so many elements from the beginning, so much of one, so much of all. */
  readonly elements: number;
  readonly elementBytes: number;
  readonly keyBytes: number;
}

/** As much as the audit of a live server reads of a key. */
export const USUAL_WANTED: Wanted = {
  headBytes: 4_096,
  tailBytes: 1_024,
  elements: 64,
  elementBytes: 65_536,
  keyBytes: 262_144,
};

export function pieceOf(text: ByteString): Piece {
  return { text, length: text.length };
}
