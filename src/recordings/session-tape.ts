import type { ByteString } from '../model/bytes.ts';
import type { GapReason, RecordingHead, Tape } from '../model/recording.ts';
import { FrameKind, frameLength, LONGEST_PAYLOAD } from './frame.ts';
import { jsonBytes } from './json-bytes.ts';
import type { Budget } from './pace.ts';
import type { SegmentWriter } from './segment-writer.ts';

/** Writes one visit as frames. What cannot be kept is counted, and told as a gap when it can be again. */
export function createSessionTape(
  head: RecordingHead,
  parts: {
    readonly writer: SegmentWriter;
    readonly budget: Budget;
    /** Milliseconds since the session opened. */
    readonly elapsed: () => number;
    /** Bytes of both directions that are kept of one visit. */
    readonly mostBytes: number;
    /** A share of the address's budget that has to be there before one goes on behind a gap. */
    readonly resumeAt: { readonly bytes: number; readonly frames: number };
    readonly onEnd: () => void;
  },
): Tape {
  const { writer, budget, elapsed, mostBytes, resumeAt, onEnd } = parts;
  const { session } = head;
  const about = jsonBytes(head);
  const room = frameLength(session, about.length);
  /** Name of the segment that has the head; not the segment itself, which would live as long as a silent visitor. */
  let home: string | undefined;
  let sequence = 0;
  let kept = 0;
  let gap: { why: GapReason; visitor: number; sensor: number } | undefined;
  let ended = false;

  const put = (kind: FrameKind, payload: Uint8Array | ByteString, ms: number, said?: unknown): boolean => {
    const length = frameLength(session, payload.length);
    if (!writer.append({ kind, session, sequence, ms, payload, said }, length)) return false;
    sequence++;
    budget.frames--;
    budget.bytes -= length;
    return true;
  };
  const append = (kind: FrameKind, payload: Uint8Array | ByteString, ms: number, said?: unknown): boolean => {
    const segment = writer.segmentFor(room + frameLength(session, payload.length));
    if (segment.name !== home) {
      if (!put(FrameKind.head, about, ms, head)) return false;
      home = segment.name;
    }
    return put(kind, payload, ms, said);
  };
  const mayResume = (): boolean => {
    if (gap?.why === 'session') return false;
    return budget.frames > resumeAt.frames && budget.bytes > resumeAt.bytes && writer.roomy();
  };
  const closeGap = (ms: number): boolean => {
    if (gap === undefined) return true;
    if (!append(FrameKind.gap, jsonBytes(gap), ms, gap)) return false;
    gap = undefined;
    return true;
  };
  const miss = (why: GapReason, kind: FrameKind, length: number): void => {
    gap ??= { why, visitor: 0, sensor: 0 };
    if (kind === FrameKind.visitor) gap.visitor += length;
    else gap.sensor += length;
  };
  /** A flood is mostly missed: what is missed costs no look at the clock. */
  const keep = (kind: FrameKind, bytes: Uint8Array | ByteString, at: number | undefined): void => {
    const { length } = bytes;
    if (gap !== undefined && !mayResume()) {
      miss(gap.why, kind, length);
      return;
    }
    const ms = at ?? elapsed();
    if (gap !== undefined && !closeGap(ms)) miss(gap.why, kind, length);
    else if (kept + length > mostBytes) miss('session', kind, length);
    else if (budget.frames < 1 || budget.bytes < length) miss('source', kind, length);
    else if (append(kind, bytes, ms)) kept += length;
    else miss('disk', kind, length);
  };
  return {
    add: (speaker, bytes, ms) => {
      if (ended) return;
      const kind = speaker === 'visitor' ? FrameKind.visitor : FrameKind.sensor;
      if (bytes.length <= LONGEST_PAYLOAD) return keep(kind, bytes, ms);
      for (let at = 0; at < bytes.length; at += LONGEST_PAYLOAD) {
        const piece =
          typeof bytes === 'string'
            ? bytes.slice(at, at + LONGEST_PAYLOAD)
            : bytes.subarray(at, at + LONGEST_PAYLOAD);
        keep(kind, piece, ms);
      }
      return undefined;
    },
    end: (ms = elapsed()) => {
      if (ended) return;
      ended = true;
      // A visit of which nothing is kept takes no place when its address has used up its own.
      const worth = sequence > 0 || (gap !== undefined && budget.frames >= 1);
      if (worth && closeGap(ms)) append(FrameKind.end, '', ms);
      onEnd();
    },
  };
}
