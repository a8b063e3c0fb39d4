/** One captured packet. */
export interface Packet {
  /** Milliseconds since 1970 UTC; NaN when the file does not tell. */
  readonly time: number;
  /** LINKTYPE_* of its interface. */
  readonly link: number;
  /** What was kept of it; part of a larger buffer. */
  readonly bytes: Buffer;
}

/** What the form of a capture file does with the bytes at hand. */
export type Step =
  /** So many bytes were read, with what they held. */
  | { readonly read: number; readonly packet?: Packet; readonly why?: string }
  /** So many are needed. */
  | { readonly need: number }
  /** It cannot be read on. */
  | { readonly end: string };

/** Longer records are none: the largest packet that tools keep has 256 KiB. */
export const LONGEST_RECORD = 1_048_576;
