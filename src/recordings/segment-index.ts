import { z } from 'zod';
import { Gap, RecordingHead } from '../model/recording.ts';
import type { Frame } from './frame.ts';
import { FrameKind } from './frame.ts';

/** What one segment holds of one session. */
export const SegmentEntry = z.object({
  head: RecordingHead,
  /** Sequence numbers of the first and the last frame here. */
  first: z.number(),
  last: z.number(),
  frames: z.number(),
  /** Time of the last frame, milliseconds since the session opened. */
  ms: z.number(),
  /** Bytes that are here, and that were not kept. */
  visitor: z.number(),
  sensor: z.number(),
  lost: z.number(),
  ended: z.boolean(),
  /** Where the first frame begins and the last one ends, in the file. */
  start: z.number(),
  end: z.number(),
});
export type SegmentEntry = z.infer<typeof SegmentEntry>;

/** Grows with the frames of one segment. */
export interface SegmentIndex {
  note(frame: IndexedFrame, start: number, end: number): void;
  entries(): IterableIterator<SegmentEntry>;
}

type IndexedFrame = Pick<Frame, 'kind' | 'session' | 'sequence' | 'ms'> & {
  readonly payload: { readonly length: number };
  /** What a head or a gap says. */
  readonly said?: unknown;
};

type Growing = { -readonly [K in keyof SegmentEntry]: SegmentEntry[K] };

export function createSegmentIndex(): SegmentIndex {
  const entries = new Map<string, Growing>();
  return {
    note: (frame, start, end) => {
      let entry = entries.get(frame.session);
      if (entry === undefined) {
        const head = RecordingHead.safeParse(frame.said);
        // Each segment begins each session with its head: without one it cannot be told whose bytes these are.
        if (frame.kind !== FrameKind.head || !head.success) return;
        const { sequence, ms } = frame;
        entry = {
          head: head.data,
          first: sequence,
          last: sequence,
          frames: 0,
          ms,
          visitor: 0,
          sensor: 0,
          lost: 0,
          ended: false,
          start,
          end,
        };
        entries.set(frame.session, entry);
      }
      grow(entry, frame, end);
    },
    entries: () => entries.values(),
  };
}

function grow(entry: Growing, frame: IndexedFrame, end: number): void {
  entry.frames++;
  entry.last = frame.sequence;
  entry.ms = Math.max(entry.ms, frame.ms);
  entry.end = end;
  switch (frame.kind) {
    case FrameKind.visitor:
      entry.visitor += frame.payload.length;
      break;
    case FrameKind.sensor:
      entry.sensor += frame.payload.length;
      break;
    case FrameKind.gap: {
      const gap = Gap.safeParse(frame.said);
      if (gap.success) entry.lost += gap.data.visitor + gap.data.sensor;
      break;
    }
    case FrameKind.end:
      entry.ended = true;
      break;
    case FrameKind.head:
      break;
  }
}

/** What a head, gap or end frame says; undefined when it is none, or no JSON. */
export function saidBy({ kind, payload }: Frame): unknown {
  if (kind === FrameKind.visitor || kind === FrameKind.sensor) return undefined;
  try {
    return JSON.parse(payload.toString('latin1'));
  } catch {
    return undefined;
  }
}

/** One line an entry, then how long the segment is: an index that does not fit its segment is made anew. */
export function indexText(index: SegmentIndex, bytes: number): string {
  const lines = Array.from(index.entries(), (entry) => JSON.stringify(entry));
  return [...lines, JSON.stringify({ bytes }), ''].join('\n');
}

const Last = z.object({ bytes: z.number() });

/** The entries whose line contains `wanted`; undefined when the text is no index of a segment of that length. */
export function parseIndex(text: string, bytes: number, wanted = ''): SegmentEntry[] | undefined {
  // Most indexes hold nothing that is looked for: their last line is enough.
  const tail = text.includes(wanted) ? text : text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
  const lines = tail.split('\n');
  if (lines.pop() !== '' || Last.safeParse(parsed(lines.pop() ?? '')).data?.bytes !== bytes) return undefined;
  const entries: SegmentEntry[] = [];
  for (const line of lines) {
    if (!line.includes(wanted)) continue;
    const entry = SegmentEntry.safeParse(parsed(line));
    if (!entry.success) return undefined;
    entries.push(entry.data);
  }
  return entries;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
