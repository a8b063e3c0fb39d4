import type { Severity } from '../../../src/model/severity.ts';
import { href } from '../state/route.ts';
import { countText } from '../state/words.ts';
import { WORST_FIRST } from '../state/worst-first.ts';
import { Panel } from './panel.tsx';

/** How bad the findings of the day are. */
export function SeverityPanel({ severities }: { readonly severities: Readonly<Record<Severity, number>> }) {
  const all = WORST_FIRST.reduce((sum, severity) => sum + severities[severity], 0);
  let x = 0;
  return (
    <Panel title="Findings by severity">
      <svg class="strip" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="strip-none" x="0" y="0" width="100" height="6" />
        {WORST_FIRST.map((severity) => {
          const width = all === 0 ? 0 : (severities[severity] / all) * 100;
          const bar = <rect key={severity} class={`fill-${severity}`} x={x} y="0" width={width} height="6" />;
          x += width;
          return bar;
        })}
      </svg>
      <ul class="legend">
        {WORST_FIRST.map((severity) => (
          <li key={severity}>
            <a href={href(['findings'], { since: '24h', level: severity })}>
              <span class={`key key-${severity}`} aria-hidden="true" />
              {severity} <b>{countText(severities[severity])}</b>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
