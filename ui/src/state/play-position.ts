import type { RecordingLine } from '../../../src/serve/answers.ts';

type Timed = Pick<RecordingLine, 'ms'>;

/** A longer silence is skipped, to so shortly before what ends it; milliseconds. */
const LONG_PAUSE = 1_500;
const LEAD = 300;

/** Where the player is after `step` milliseconds of the recording's time. */
export function advance(
  lines: readonly Timed[],
  position: number,
  step: number,
  end: number,
  skipPauses: boolean,
): number {
  const next = position + step;
  const upcoming = lines[heard(lines, position)]?.ms ?? end;
  const skipped = skipPauses && upcoming - next > LONG_PAUSE ? upcoming - LEAD : next;
  return Math.min(end, skipped);
}

/** How many lines have been said at `position`: a binary search, because the player asks at every frame. */
export function heard(lines: readonly Timed[], position: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.ms ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bytes of each side in `count` equal parts of the time, as shares of the largest part. */
export function density(
  lines: readonly RecordingLine[],
  end: number,
  count: number,
): readonly { readonly visitor: number; readonly sensor: number }[] {
  const parts = Array.from({ length: count }, () => ({ visitor: 0, sensor: 0 }));
  for (const { ms, from, bytes } of lines) {
    const part = parts[Math.min(count - 1, Math.floor((ms / Math.max(1, end)) * count))];
    // A line without bytes of its own came with the one before it.
    if (part !== undefined && from !== 'note') part[from] += Math.log1p(bytes);
  }
  const most = Math.max(1, ...parts.map(({ visitor, sensor }) => Math.max(visitor, sensor)));
  return parts.map(({ visitor, sensor }) => ({ visitor: visitor / most, sensor: sensor / most }));
}
