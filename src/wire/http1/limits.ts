/** What a parser holds of one request. Real servers have such limits, and answer a request beyond them in words of their own. */
export interface HeadLimits {
  /** Bytes of the request line. */
  readonly line: number;
  /** Bytes of one header line. */
  readonly header: number;
  /** Bytes of all header lines. */
  readonly headers: number;
  /** Header lines. */
  readonly count: number;
}

/** Header lines that are kept, and bytes of them: what comes after is read and let go. */
export const KEPT_HEADERS = 128;
export const KEPT_HEADER_BYTES = 32_768;
/** A line that begins a chunk, with its extensions, or one of a trailer. */
export const CHUNK_LINE = 4_096;
/** Bytes of all trailers of one request. */
export const TRAILERS = 16_384;
