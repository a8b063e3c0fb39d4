import { z } from 'zod';
import type { ByteString } from './bytes.ts';
import { Peer } from './event.ts';

/** Whose bytes: the visitor's to the sensor, or the sensor's to the visitor. */
export type Speaker = 'visitor' | 'sensor';

/** What is known of a visit when its recording begins. */
export const RecordingHead = z.object({
  session: z.string().min(1).max(64),
  sensor: z.string(),
  peer: Peer,
  local: z.object({ address: z.string(), port: z.number().int() }),
  /** Name of what the sensor pretended to be. */
  persona: z.string().optional(),
  /** Milliseconds since 1970 UTC; all other times of a recording count from here. */
  opened: z.number(),
});
export type RecordingHead = z.infer<typeof RecordingHead>;

/** Where the bytes of one visit go. Nothing here waits, throws or tells the visitor that it is there. */
export interface Tape {
  /** `ms` counts from the opening; without it, it is now. The bytes are copied. */
  add(speaker: Speaker, bytes: Uint8Array | ByteString, ms?: number): void;
  end(ms?: number): void;
}

export interface TapeRecorder {
  /** `started` is when the session opened on the clock that never jumps; without it, it is now. */
  open(head: RecordingHead, started?: number): Tape;
}

/** Why bytes of a visit are not there: too many of one visit, too many of one address, a disk that did not follow. */
export const GapReason = z.enum(['session', 'source', 'disk']);
export type GapReason = z.infer<typeof GapReason>;

/** Bytes that passed and were not kept. */
export const Gap = z.object({
  why: GapReason,
  visitor: z.number().int().nonnegative(),
  sensor: z.number().int().nonnegative(),
});
export type Gap = z.infer<typeof Gap>;
