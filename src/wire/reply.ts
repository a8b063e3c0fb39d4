import type { ByteString } from './byte-string.ts';

/** Key and value of a map or attribute. */
export type ReplyPair = readonly [Reply, Reply];

/** One reply of RESP2 or RESP3. */
export type Reply =
  | { readonly kind: 'simple'; readonly text: ByteString }
  /** A simple error or a blob error, without the leading sign. */
  | { readonly kind: 'error'; readonly text: ByteString }
  | { readonly kind: 'integer'; readonly value: bigint }
  /** `length` is what the server sent; `text` is its head when it was longer than what is kept. */
  | { readonly kind: 'bulk'; readonly text: ByteString; readonly length: number }
  | {
      readonly kind: 'verbatim';
      readonly format: ByteString;
      readonly text: ByteString;
      readonly length: number;
    }
  /** All three nulls: `$-1`, `*-1` and `_`. */
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'double'; readonly value: number }
  /** Decimal digits as they came, with their sign. */
  | { readonly kind: 'big-number'; readonly digits: string }
  | { readonly kind: 'array' | 'set' | 'push'; readonly items: readonly Reply[] }
  | { readonly kind: 'map'; readonly pairs: readonly ReplyPair[] }
  /** A reply with what the server wanted to say about it. */
  | { readonly kind: 'attributed'; readonly attributes: readonly ReplyPair[]; readonly reply: Reply };

/** Why the bytes cannot be read on. */
export type ReplyFaultCode =
  | 'unknown-type'
  | 'bad-number'
  | 'bad-length'
  | 'bad-end'
  | 'line-too-long'
  | 'bulk-too-long'
  | 'too-many-elements'
  | 'too-deep'
  | 'too-large'
  | 'streamed';

export interface ReplyFault {
  readonly kind: 'fault';
  readonly fault: ReplyFaultCode;
  /** What was met and which limit it broke; holds no bytes of the server. */
  readonly message: string;
}
