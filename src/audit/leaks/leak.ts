import type { ByteString } from '../../model/bytes.ts';
import type { Severity } from '../../model/severity.ts';

/** A secret, or a piece of personal data, in a value. It never leaves this folder but as a count or a fingerprint. */
export interface Leak {
  /** Stable, such as `private-key` or `token.github`. */
  readonly kind: string;
  /** What it is, in the singular, with what may be said of it (`RSA private key of 2048 bits`). */
  readonly title: string;
  readonly severity: Severity;
  /** The bytes that make it this one and no other: counted and hashed, never shown. */
  readonly secret: ByteString;
  /** What may be shown of this one instead of a hash: kind, bits and public fingerprint of a key. */
  readonly about?: string;
  /** Where in the text it stands; by it those of one record are told to be of one person. */
  readonly at?: number;
}

/** Finds leaks in one text of at most 64 KiB; linear in it. `name` is what its key and its hash field are called. */
export type LeakDetector = (text: ByteString, name: string) => readonly Leak[];

export const MOST_LEAKS_A_VALUE = 32;
