import { localTime } from '../state/words.ts';

interface SparklineProps {
  /** One count an hour, oldest first. */
  readonly hours: readonly number[];
  readonly since: number;
  readonly label: string;
}

const HOUR = 3_600_000;
const WIDTH = 5;
const HEIGHT = 30;

/** Counts by the hour as bars; hovering one tells its hour and count. */
export function Sparkline({ hours, since, label }: SparklineProps) {
  const most = Math.max(1, ...hours);
  const until = since + hours.length * HOUR;
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${hours.length * WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label} by the hour, the last ${hours.length} hours; most in one hour: ${Math.max(...hours)}`}
    >
      {hours.map((count, at) => {
        const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT);
        const from = since + at * HOUR;
        return (
          <g key={at}>
            <rect class="hover" x={at * WIDTH} y="0" width={WIDTH} height={HEIGHT}>
              <title>{`${localTime(from, until)} to ${localTime(from + HOUR, until)}: ${count}`}</title>
            </rect>
            <rect
              class={count === 0 ? 'none' : at === hours.length - 1 ? 'bar last' : 'bar'}
              x={at * WIDTH + 0.6}
              y={HEIGHT - height}
              width={WIDTH - 1.2}
              height={height}
            />
          </g>
        );
      })}
    </svg>
  );
}
