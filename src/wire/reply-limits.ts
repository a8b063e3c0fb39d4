/** What a decoder of replies accepts and keeps. A server may be hostile: nothing it promises costs us before it comes. */
export interface ReplyLimits {
  /** Bytes of a line without its CR LF: headers, status lines, errors, numbers. */
  readonly maxLine: number;
  /** Bytes a bulk string, blob error or verbatim string may announce. */
  readonly maxBulk: number;
  /** Bytes of one bulk that are kept; what goes beyond is read, counted and forgotten. */
  readonly keepBulk: number;
  /**
   * Bytes of each further bulk that are kept once a reply takes a quarter of `maxKept`. Without, a reply of many long
   * strings is a fault.
   */
  readonly keepLess?: number;
  /** Elements of all aggregates of one reply together; a map entry counts twice. */
  readonly maxElements: number;
  /** Aggregates inside each other. */
  readonly maxDepth: number;
  /** Bytes one reply may take in memory, with what its elements cost. */
  readonly maxKept: number;
}

/** What an element costs beside its bytes, so that a million empty ones count too. */
export const ELEMENT_OVERHEAD = 32;
