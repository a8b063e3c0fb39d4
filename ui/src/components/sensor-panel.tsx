import type { OverviewAnswer } from '../../../src/serve/answers.ts';
import { status } from '../state/live.ts';
import { href } from '../state/route.ts';
import { bytesText, countText, plural } from '../state/words.ts';
import { Panel } from './panel.tsx';
import { TimeText } from './time-text.tsx';

/** What watches, and what has been written down. */
export function SensorPanel({ overview }: { readonly overview: OverviewAnswer }) {
  const { journal, totals } = status.value ?? overview;
  return (
    <Panel title="Sensors and journal" side={<span class="dim">Sundew {overview.version}</span>}>
      <ul class="brief">
        {overview.sensors.map(({ name, host, port, protocol, lastEvent }) => (
          <li key={`${name} ${port}`}>
            <a href={href(['sessions'], { sensor: name })}>
              <span class="dot on" aria-hidden="true" /> {name}
            </a>
            <span class="dim">
              {protocol} on {host.includes(':') ? `[${host}]` : host}:{port},{' '}
              {lastEvent === undefined ? (
                'nobody yet'
              ) : (
                <>
                  last heard <TimeText at={lastEvent} ago />
                </>
              )}
            </span>
          </li>
        ))}
        <li>
          <span class={journal.trouble === undefined ? '' : 'bad'} title={journal.folder}>
            <span class={journal.trouble === undefined ? 'dot on' : 'dot off'} aria-hidden="true" /> journal
          </span>
          <span class="dim">
            {journal.trouble === undefined
              ? `${plural(totals.events, 'event')}, ${bytesText(journal.bytes)} in ${plural(journal.segments, 'segment')}`
              : 'in trouble: see above'}
            {journal.waiting > 0 && `, ${countText(journal.waiting)} waiting`}
          </span>
        </li>
      </ul>
    </Panel>
  );
}
