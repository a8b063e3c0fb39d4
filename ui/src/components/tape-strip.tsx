import { useMemo } from 'preact/hooks';
import type { RecordingLine } from '../../../src/serve/answers.ts';
import { density } from '../state/play-position.ts';

const PARTS = 160;
const HALF = 12;

interface TapeStripProps {
  readonly lines: readonly RecordingLine[];
  readonly end: number;
  readonly position: number;
}

/** How much each side sent when: the visitor above the line, the sensor below it. */
export function TapeStrip({ lines, end, position }: TapeStripProps) {
  const parts = useMemo(() => density(lines, end, PARTS), [lines, end]);
  const at = (position / Math.max(1, end)) * PARTS;
  return (
    <svg
      class="tape-strip"
      viewBox={`0 0 ${PARTS} ${2 * HALF}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {parts.map(({ visitor, sensor }, part) => (
        <g key={part}>
          {visitor > 0 && (
            <rect
              class="strip-visitor"
              x={part}
              y={HALF - visitor * HALF}
              width={0.8}
              height={visitor * HALF}
            />
          )}
          {sensor > 0 && <rect class="strip-sensor" x={part} y={HALF} width={0.8} height={sensor * HALF} />}
        </g>
      ))}
      <rect class="strip-now" x={Math.min(PARTS - 0.4, at)} y={0} width={0.4} height={2 * HALF} />
    </svg>
  );
}
