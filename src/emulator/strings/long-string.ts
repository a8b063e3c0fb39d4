import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { ValueOf } from '../value.ts';

/**
 * A string that was changed in place and is long: kept in pieces of one length, so that a change costs a piece and not
 * the whole. Like every string it never changes itself; what a change makes shares the other pieces with it.
 */
export interface LongString extends ValueOf<'string'> {
  readonly chunks: readonly ByteString[];
  readonly length: number;
}

/** Bytes of a piece; the last one may have less. */
export const CHUNK = 32_768;
/** A string that was changed is kept whole up to here. */
const LONGEST_WHOLE = 65_536;

const ZEROS: ByteString = Buffer.alloc(CHUNK).toString('latin1');

export function isLong(value: ValueOf<'string'>): value is LongString {
  return 'chunks' in value;
}

export function lengthOf(value: ValueOf<'string'> | undefined): number {
  if (value === undefined) return 0;
  return isLong(value) ? value.length : value.text.length;
}

/** The bytes from one place to another, which is excluded. */
export function sliceOf(value: ValueOf<'string'> | undefined, from: number, to: number): ByteString {
  if (value === undefined) return '';
  if (!isLong(value)) return value.text.slice(from, to);
  const parts: ByteString[] = [];
  for (let at = Math.floor(from / CHUNK); at * CHUNK < to; at++) {
    parts.push((value.chunks[at] ?? '').slice(Math.max(0, from - at * CHUNK), to - at * CHUNK));
  }
  return parts.join('');
}

/** The string in pieces of CHUNK bytes. */
export function chunksOf(value: ValueOf<'string'> | undefined): readonly ByteString[] {
  if (value === undefined) return [];
  return isLong(value) ? value.chunks : cut(value.text);
}

function cut(text: ByteString): ByteString[] {
  const chunks: ByteString[] = [];
  for (let from = 0; from < text.length; from += CHUNK)
    chunks.push(ownedBytes(text.slice(from, from + CHUNK)));
  return chunks;
}

/** A changed string from its pieces; all but the last one have CHUNK bytes. */
export function fromChunks(chunks: readonly ByteString[]): ValueOf<'string'> {
  const length = chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK + (chunks.at(-1)?.length ?? 0);
  if (length <= LONGEST_WHOLE) return { type: 'string', text: ownedBytes(chunks.join('')), pieces: 0 };
  const long: LongString = {
    type: 'string',
    pieces: 0,
    chunks,
    length,
    get text() {
      return joined(chunks, 0, chunks.length);
    },
  };
  return long;
}

/** Joined by halves, V8 copies nothing until somebody looks at the bytes. */
function joined(chunks: readonly ByteString[], from: number, to: number): ByteString {
  if (to - from <= 1) return chunks[from] ?? '';
  const middle = (from + to) >> 1;
  return joined(chunks, from, middle) + joined(chunks, middle, to);
}

/** The string with `part` written over it at `offset`; zeros fill what lies between. */
export function written(
  value: ValueOf<'string'> | undefined,
  offset: number,
  part: ByteString,
): ValueOf<'string'> {
  const before = lengthOf(value);
  const length = Math.max(before, offset + part.length);
  if (length <= LONGEST_WHOLE && (value === undefined || !isLong(value))) {
    const text = value?.text ?? '';
    const bytes = Buffer.alloc(length);
    bytes.write(text, 'latin1');
    bytes.write(part, offset, 'latin1');
    return { type: 'string', text: bytes.toString('latin1'), pieces: 0 };
  }
  const chunks = [...chunksOf(value)];
  const last = chunks.length - 1;
  if (last >= 0 && length > before) {
    chunks[last] = padded(chunks[last] ?? '', Math.min(CHUNK, length - last * CHUNK));
  }
  while (chunks.length * CHUNK < length)
    chunks.push(padded('', Math.min(CHUNK, length - chunks.length * CHUNK)));
  for (let at = Math.floor(offset / CHUNK); at * CHUNK < offset + part.length; at++) {
    const start = at * CHUNK;
    const here = part.slice(Math.max(0, start - offset), start + CHUNK - offset);
    chunks[at] = patched(chunks[at] ?? '', Math.max(0, offset - start), here);
  }
  return fromChunks(chunks);
}

/** A piece with zeros behind it, up to a length. */
export function padded(chunk: ByteString, length: number): ByteString {
  if (chunk === '' && length === CHUNK) return ZEROS;
  return chunk.length >= length ? chunk : patched('', 0, chunk + ZEROS.slice(0, length - chunk.length));
}

/** Where pieces are put together: one for all, or each change would cost a buffer. */
const scratch = Buffer.alloc(CHUNK);

function patched(chunk: ByteString, at: number, part: ByteString): ByteString {
  const length = Math.max(chunk.length, at + part.length);
  scratch.write(chunk, 'latin1');
  if (at > chunk.length) scratch.fill(0, chunk.length, at);
  scratch.write(part, at, 'latin1');
  return scratch.toString('latin1', 0, length);
}

/** The string with `part` at its end. Short ones are joined lazily, and copied into one often enough. */
export function appended(value: ValueOf<'string'>, part: ByteString): ValueOf<'string'> {
  const length = lengthOf(value) + part.length;
  if (isLong(value) || length > LONGEST_WHOLE) return written(value, lengthOf(value), part);
  const text = value.text + ownedBytes(part);
  const pieces = (value.pieces ?? 0) + 1;
  return pieces > 4 + length / 64
    ? { type: 'string', text: ownedBytes(text), pieces: 0 }
    : { type: 'string', text, pieces };
}

/** The code of a byte; 0 behind the end. */
export function byteAt(value: ValueOf<'string'> | undefined, place: number): number {
  if (value === undefined || place >= lengthOf(value)) return 0;
  if (!isLong(value)) return value.text.charCodeAt(place);
  return (value.chunks[Math.floor(place / CHUNK)] ?? '').charCodeAt(place % CHUNK);
}

/** True for a piece of nothing but zeros that was never written. */
export function isUntouched(chunk: ByteString): boolean {
  return chunk === ZEROS;
}
