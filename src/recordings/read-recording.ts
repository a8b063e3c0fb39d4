import type { Gap, Speaker } from '../model/recording.ts';
import { Gap as GapSchema } from '../model/recording.ts';
import { errorCode } from '../platform/error-code.ts';
import type { Frame } from './frame.ts';
import { FrameKind } from './frame.ts';
import type { Recording } from './library.ts';
import { readSegment } from './read-segment.ts';
import { saidBy } from './segment-index.ts';

/** What a recording says, piece by piece; times are milliseconds since the session opened. */
export type Piece =
  | { readonly kind: 'bytes'; readonly ms: number; readonly from: Speaker; readonly bytes: Buffer }
  /** Bytes that were not kept. */
  | { readonly kind: 'gap'; readonly ms: number; readonly gap: Gap }
  /** Frames that were kept and are not there any more: damaged, or removed with an old segment. */
  | { readonly kind: 'missing'; readonly ms: number; readonly frames: number }
  | { readonly kind: 'end'; readonly ms: number };

/** Reads one recording from its beginning. Rejects with the system's error; a segment that has gone is told as missing. */
export async function* readRecording({ head, parts }: Recording): AsyncGenerator<Piece> {
  let next = 0;
  for (const { path, start, end } of parts) {
    for await (const { frames } of segmentOrNothing(path, start, end)) {
      for (const { frame } of frames) {
        if (frame.session !== head.session) continue;
        if (frame.sequence > next) yield { kind: 'missing', ms: frame.ms, frames: frame.sequence - next };
        next = frame.sequence + 1;
        const piece = pieceOf(frame);
        if (piece !== undefined) yield piece;
      }
    }
  }
}

async function* segmentOrNothing(path: string, start: number, end: number): ReturnType<typeof readSegment> {
  try {
    yield* readSegment(path, start, end);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

function pieceOf(frame: Frame): Piece | undefined {
  const { kind, ms, payload } = frame;
  switch (kind) {
    case FrameKind.visitor:
      return { kind: 'bytes', ms, from: 'visitor', bytes: payload };
    case FrameKind.sensor:
      return { kind: 'bytes', ms, from: 'sensor', bytes: payload };
    case FrameKind.gap: {
      const gap = GapSchema.safeParse(saidBy(frame));
      return gap.success ? { kind: 'gap', ms, gap: gap.data } : undefined;
    }
    case FrameKind.end:
      return { kind: 'end', ms };
    case FrameKind.head:
      return undefined;
  }
}
