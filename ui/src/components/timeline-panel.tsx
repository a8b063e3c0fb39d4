import type { TimelineAnswer } from '../../../src/serve/answers.ts';
import type { Query } from '../state/route.ts';
import { go, href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText, durationText, utcTime } from '../state/words.ts';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';

const HEIGHT = 60;
const WIDTH = 6;

/** Sessions over time under some filters; each bar leads to its sessions. */
export function TimelinePanel({ query }: { readonly query: Query }) {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const { data, error } = useAnswer<TimelineAnswer>(`api/timeline?${search.toString()}`);
  return (
    <Panel title="Over time" side={<Legend data={data} />}>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && <Bars data={data} query={query} />}
    </Panel>
  );
}

function Legend({ data }: { readonly data: TimelineAnswer | undefined }) {
  if (data === undefined) return null;
  const step = `one bar is ${durationText(data.step).replace(/ 0 (s|min)$/, '')}`;
  return <span class="dim">{data.whole ? `sessions; ${step}` : `remembered sessions; ${step}`}</span>;
}

function Bars({ data, query }: { readonly data: TimelineAnswer; readonly query: Query }) {
  const { since, until, step, buckets } = data;
  const count = Math.max(1, Math.ceil((until - since) / step));
  const most = Math.max(1, ...buckets.map(({ sessions }) => sessions));
  const all = buckets.reduce((sum, { sessions }) => sum + sessions, 0);
  return (
    <>
      <svg
        class="time-bars"
        viewBox={`0 0 ${count * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${countText(all)} sessions from ${utcTime(since)} to ${utcTime(until)}; most in one bar: ${countText(most)}`}
      >
        {buckets.map(({ at, sessions, sources, events }) => {
          const height = Math.max(2, (sessions / most) * (HEIGHT - 4));
          const x = Math.floor((at - since) / step) * WIDTH;
          const told = [
            `${utcTime(at)}: ${countText(sessions)} sessions`,
            `${countText(sources)} sources`,
            ...(events === undefined ? [] : [`${countText(events)} events`]),
          ].join(', ');
          const open = (): void => go(['sessions'], { ...query, since: at, until: at + step, noise: '1' });
          return (
            <g key={at} class="time-bar" onClick={open}>
              <title>{told}</title>
              <rect class="hover" x={x} y="0" width={WIDTH} height={HEIGHT} />
              <rect class="bar" x={x + 0.6} y={HEIGHT - height} width={WIDTH - 1.2} height={height} />
            </g>
          );
        })}
      </svg>
      <p class="time-ends dim">
        <span>{utcTime(since).slice(0, 16)}</span>
        <a href={href(['events'], query)}>the events behind it</a>
        <span>{utcTime(until).slice(0, 16)} UTC</span>
      </p>
    </>
  );
}
