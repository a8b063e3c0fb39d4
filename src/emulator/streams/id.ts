import type { ByteString } from '../../model/bytes.ts';

/**
 * An entry's id as 16 bytes: milliseconds, then sequence number, both unsigned 64-bit integers with the greatest byte
 * first. Strings of this form compare as the ids do, and are what an RDB file holds.
 */
export type StreamId = ByteString;

const MASK = 0xffff_ffffn;
const HIGH = 4_294_967_296;

export const ZERO_ID: StreamId = '\0'.repeat(16);
export const LAST_ID: StreamId = '\xff'.repeat(16);

export function streamId(ms: bigint, seq: bigint): StreamId {
  return (
    word(Number((ms >> 32n) & MASK)) +
    word(Number(ms & MASK)) +
    word(Number((seq >> 32n) & MASK)) +
    word(Number(seq & MASK))
  );
}

export function idParts(id: StreamId): { readonly ms: bigint; readonly seq: bigint } {
  return { ms: wide(id, 0), seq: wide(id, 8) };
}

/** `1700000000000-0`. */
export function idText(id: StreamId): string {
  return `${decimal(id, 0)}-${decimal(id, 8)}`;
}

/** The id after this one; undefined when there is none. */
export function nextId(id: StreamId): StreamId | undefined {
  return step(id, 0xff, (code) => code + 1, 0);
}

/** The id before this one; undefined when there is none. */
export function previousId(id: StreamId): StreamId | undefined {
  return step(id, 0, (code) => code - 1, 0xff);
}

function step(
  id: StreamId,
  full: number,
  change: (code: number) => number,
  rest: number,
): StreamId | undefined {
  let at = 15;
  while (at >= 0 && id.charCodeAt(at) === full) at--;
  if (at < 0) return undefined;
  return (
    id.slice(0, at) +
    String.fromCharCode(change(id.charCodeAt(at))) +
    String.fromCharCode(rest).repeat(15 - at)
  );
}

function word(value: number): ByteString {
  return String.fromCharCode(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

function wide(id: StreamId, at: number): bigint {
  return (BigInt(half(id, at)) << 32n) | BigInt(half(id, at + 4));
}

function decimal(id: StreamId, at: number): string {
  const high = half(id, at);
  return high < 2_097_152 ? String(high * HIGH + half(id, at + 4)) : String(wide(id, at));
}

function half(id: StreamId, at: number): number {
  return (
    ((id.charCodeAt(at) << 24) |
      (id.charCodeAt(at + 1) << 16) |
      (id.charCodeAt(at + 2) << 8) |
      id.charCodeAt(at + 3)) >>>
    0
  );
}
