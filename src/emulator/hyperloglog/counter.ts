import type { ByteString } from '../../model/bytes.ts';
import { DENSE_BYTES, packDense, unpackDense } from './dense.ts';
import { cardinality } from './registers.ts';
import { EMPTY_SPARSE, raiseSparse, sparseRuns, unpackSparse } from './sparse.ts';

/** A HyperLogLog, as the bytes of its string say. */
export interface Counter {
  readonly encoding: 'dense' | 'sparse';
  /** Raises a register when it is less; undefined when the bytes are broken. */
  raise(index: number, rank: number): boolean | undefined;
  /** False when the bytes are broken. */
  toDense(): boolean;
  /** Undefined when the bytes are broken. */
  registers(): Uint8Array | undefined;
  /** The count that was stored; undefined when something was added since. */
  cached(): bigint | undefined;
  /** Counts, and stores it; undefined when the bytes are broken. */
  count(): bigint | undefined;
  /** The stored count holds no longer. */
  invalidate(): void;
  /** The bytes behind the header. */
  body(): Uint8Array;
  text(): ByteString;
}

const MAGIC = 'HYLL';
const HEADER_BYTES = 16;
const ENCODING_AT = 4;
const CARD_AT = 8;
const INVALID_AT = 15;
const INVALID = 0x80;
const [DENSE, SPARSE] = [0, 1];
/** Of `hll-sparse-max-bytes`, whatever a visitor sets: each change reads them all. */
const LONGEST_SPARSE = 6_000;

/** A new one, of which nothing was counted yet. */
export function emptyCounter(most: number): Counter {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header[ENCODING_AT] = SPARSE;
  return createCounter(header, Buffer.from(EMPTY_SPARSE), most);
}

/** Undefined when the string is none. `most` is hll-sparse-max-bytes. */
export function readCounter(text: ByteString, most: number): Counter | undefined {
  if (text.length < HEADER_BYTES || !text.startsWith(MAGIC)) return undefined;
  const encoding = text.charCodeAt(ENCODING_AT);
  if (encoding > SPARSE || (encoding === DENSE && text.length !== HEADER_BYTES + DENSE_BYTES))
    return undefined;
  const bytes = Buffer.from(text, 'latin1');
  return createCounter(bytes.subarray(0, HEADER_BYTES), bytes.subarray(HEADER_BYTES), most);
}

function createCounter(header: Buffer, start: Buffer, most: number): Counter {
  /** The dense form is worked on as registers, the sparse one as its bytes. */
  let dense = header[ENCODING_AT] === DENSE ? unpackDense(start) : undefined;
  const sparse = sparseRuns(dense === undefined ? start : new Uint8Array(), LONGEST_SPARSE);
  /** Of the sparse form, as far as known. */
  let known: Uint8Array | undefined;
  const limit = Math.min(most, LONGEST_SPARSE) - HEADER_BYTES;

  const runs = (): Uint8Array => sparse.bytes.subarray(0, sparse.length);
  const registers = (): Uint8Array | undefined => dense ?? unpackSparse(runs());
  const toDense = (): boolean => {
    dense ??= registers();
    if (dense !== undefined) header[ENCODING_AT] = DENSE;
    return dense !== undefined;
  };
  const raiseDense = (index: number, rank: number): boolean => {
    if (dense === undefined || (dense[index] ?? 0) >= rank) return false;
    dense[index] = rank;
    return true;
  };
  const body = (): Uint8Array => {
    if (dense === undefined) return runs();
    const bytes = Buffer.alloc(DENSE_BYTES);
    packDense(dense, bytes);
    return bytes;
  };
  const cached = (): bigint | undefined =>
    ((header[INVALID_AT] ?? 0) & INVALID) === 0 ? header.readBigUInt64LE(CARD_AT) : undefined;
  return {
    get encoding() {
      return dense === undefined ? 'sparse' : 'dense';
    },
    raise: (index, rank) => {
      if (dense !== undefined) return raiseDense(index, rank);
      known ??= registers();
      if (known !== undefined && (known[index] ?? 0) >= rank) return false;
      const change = raiseSparse(sparse, index, rank, limit);
      if (change === 'broken') return undefined;
      if (change === 'same') return false;
      if (change === 'changed') {
        if (known !== undefined) known[index] = rank;
        header[INVALID_AT] = (header[INVALID_AT] ?? 0) | INVALID;
        return true;
      }
      return toDense() ? raiseDense(index, rank) : undefined;
    },
    toDense,
    registers,
    cached,
    count: () => {
      const all = registers();
      if (all === undefined) return undefined;
      const count = BigInt(cardinality(all));
      header.writeBigUInt64LE(count, CARD_AT);
      return count;
    },
    invalidate: () => {
      header[INVALID_AT] = (header[INVALID_AT] ?? 0) | INVALID;
    },
    body,
    text: () => Buffer.concat([header, body()]).toString('latin1'),
  };
}
