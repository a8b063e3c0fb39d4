import type { GraphAnswer } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { plural } from '../state/words.ts';
import { Panel } from './panel.tsx';

const ROW = 26;
const LEFT = 300;
const RIGHT = 460;
const WIDTH = 960;

/** Which networks share which indicators: what makes it one campaign, as lines. */
export function CampaignGraph({ id }: { readonly id: string }) {
  const { data } = useAnswer<GraphAnswer>(`api/campaigns/${encodeURIComponent(id)}/graph`);
  if (data === undefined || data.indicators.length === 0) return null;
  const { networks, indicators, edges, left } = data;
  const height = Math.max(networks.length, indicators.length) * ROW + 8;
  const most = Math.max(1, ...edges.map(({ sources }) => sources));
  const y = (at: number, of: number): number =>
    4 + ROW / 2 + at * ROW + ((height - 8) / ROW - of) * (ROW / 2);
  return (
    <Panel
      title="Who shares what"
      side={
        <span class="dim">
          {left.networks + left.indicators === 0
            ? 'networks and indicators'
            : `${left.networks} networks and ${left.indicators} indicators more`}
        </span>
      }
    >
      <div class="graph-box">
        <svg
          class="graph"
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="group"
          aria-label="Networks and the indicators they share"
        >
          {edges.map(({ network, indicator, sources }) => {
            const from = y(network, networks.length);
            const to = y(indicator, indicators.length);
            const middle = (LEFT + RIGHT) / 2;
            return (
              <path
                key={`${network} ${indicator}`}
                class="graph-edge"
                d={`M${LEFT} ${from}C${middle} ${from} ${middle} ${to} ${RIGHT} ${to}`}
                stroke-width={1 + 5 * Math.sqrt(sources / most)}
              >
                <title>{`${plural(sources, 'source')} of ${networks[network]?.name} used ${indicators[indicator]?.label}`}</title>
              </path>
            );
          })}
          {networks.map(({ name, asn, sources }, at) => {
            const label = (
              <text class="graph-text" x={LEFT - 14} y={y(at, networks.length) + 4} text-anchor="end">
                {`${short(name, 34)} (${sources})`}
                <title>{`${name}: ${plural(sources, 'source')}`}</title>
              </text>
            );
            return (
              <g key={name}>
                <circle class="graph-source" cx={LEFT - 4} cy={y(at, networks.length)} r="5" />
                {asn === undefined ? label : <a href={href(['sources'], { campaign: id, asn })}>{label}</a>}
              </g>
            );
          })}
          {indicators.map(({ id: indicator, kind, label, sources }, at) => (
            <a key={indicator} href={href(['indicators', indicator])}>
              <circle
                class={`graph-indicator graph-${kind}`}
                cx={RIGHT + 4}
                cy={y(at, indicators.length)}
                r="5"
              />
              <text class="graph-text" x={RIGHT + 14} y={y(at, indicators.length) + 4}>
                {`${kind}: ${short(label, 58)} (${sources})`}
                <title>{`${kind}: ${label}, of ${plural(sources, 'source')}`}</title>
              </text>
            </a>
          ))}
        </svg>
      </div>
    </Panel>
  );
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
