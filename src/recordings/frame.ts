import { crc32 } from 'node:zlib';
import type { ByteString } from '../model/bytes.ts';

/** Kinds of frames; the numbers stand in files (docs/replay.md). */
export const FrameKind = { head: 1, visitor: 2, sensor: 3, gap: 4, end: 5 } as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** One frame as it stands in a segment. */
export interface Frame {
  readonly kind: FrameKind;
  readonly session: string;
  /** Counts the frames of one session, from 0. */
  readonly sequence: number;
  /** Milliseconds since the session opened. */
  readonly ms: number;
  readonly payload: Buffer;
}

/** `SRf` and the version of the format. */
export const MAGIC = Buffer.from([0x53, 0x52, 0x66, 0x01]);
const MAGIC_NUMBER = MAGIC.readUInt32LE();
export const FRAME_HEAD = 28;
export const LONGEST_PAYLOAD = 65_536;
export const LONGEST_SESSION = 64;
export const LONGEST_FRAME: number = FRAME_HEAD + LONGEST_SESSION + LONGEST_PAYLOAD;

export function frameLength(session: ByteString, payload: number): number {
  return FRAME_HEAD + session.length + payload;
}

/** Writes a frame into `into` at `at`, which has room for it; returns the place behind it. */
export function writeFrame(
  into: Buffer,
  at: number,
  salt: number,
  frame: Omit<Frame, 'payload'> & { readonly payload: Uint8Array | ByteString },
): number {
  const { kind, session, sequence, ms, payload } = frame;
  const body = at + FRAME_HEAD + session.length;
  const end = body + payload.length;
  into.writeUInt32LE(MAGIC_NUMBER, at);
  into.writeUInt32LE(payload.length, at + 8);
  into[at + 12] = kind;
  into[at + 13] = session.length;
  into.writeUInt16LE(0, at + 14);
  into.writeUInt32LE(sequence >>> 0, at + 16);
  into.writeDoubleLE(ms, at + 20);
  into.write(session, at + FRAME_HEAD, 'latin1');
  if (typeof payload === 'string') into.write(payload, body, 'latin1');
  else into.set(payload, body);
  into.writeUInt32LE(crc32(into.subarray(at + 8, end), salt), at + 4);
  return end;
}

/**
 * The frame at `at` and the place behind it; how many bytes it needs when they are not there yet; undefined when no
 * right frame stands there.
 */
export function readFrame(
  from: Buffer,
  at: number,
  salt: number,
): { readonly frame: Frame; readonly end: number } | number | undefined {
  if (from.length - at < FRAME_HEAD) return FRAME_HEAD;
  const length = from.readUInt32LE(at + 8);
  const kind = from[at + 12] ?? 0;
  const idLength = from[at + 13] ?? 0;
  const known = from.readUInt32LE(at) === MAGIC_NUMBER && isKind(kind);
  if (!known || length > LONGEST_PAYLOAD || idLength > LONGEST_SESSION) return undefined;
  const body = at + FRAME_HEAD + idLength;
  const end = body + length;
  if (from.length < end) return end - at;
  if (crc32(from.subarray(at + 8, end), salt) !== from.readUInt32LE(at + 4)) return undefined;
  const session = from.toString('latin1', at + FRAME_HEAD, body);
  const sequence = from.readUInt32LE(at + 16);
  const ms = from.readDoubleLE(at + 20);
  return { frame: { kind, session, sequence, ms, payload: from.subarray(body, end) }, end };
}

function isKind(kind: number): kind is FrameKind {
  return kind >= FrameKind.head && kind <= FrameKind.end;
}
