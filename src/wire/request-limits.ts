/** What a decoder of requests accepts. The first five are Redis's own, seen from outside; `keep` is ours. */
export interface RequestLimits {
  /** Arguments of one request: 1 048 576 up to Redis 6, 2 147 483 647 from 7.0. */
  readonly maxArguments: number;
  /** Bytes of one argument: `proto-max-bulk-len`. */
  readonly maxBulk: number;
  /** Bytes of a line: inline request, array header, bulk header (PROTO_INLINE_MAX_SIZE, 64 KiB). */
  readonly maxInline: number;
  /** While nobody has logged in (Redis 6.0 and later with a password): 10 arguments, 16 384 bytes each. */
  readonly unauthenticated: boolean;
  /**
   * Bytes of one request that are really kept. What goes beyond is read, hashed and forgotten, so that a promise of
   * 512 MB costs nothing.
   */
  readonly keep: number;
}

export const UNAUTHENTICATED_ARGUMENTS = 10;
export const UNAUTHENTICATED_BULK = 16_384;
/** What an argument costs beside its bytes, so that a million empty ones count too. */
export const ARGUMENT_OVERHEAD = 32;
/** Head that is kept of an argument that is too long to keep. */
export const HEAD = 4_096;
