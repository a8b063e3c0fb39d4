import { useEffect } from 'preact/hooks';
import type { OverviewAnswer } from '../../../src/serve/answers.ts';
import { CampaignPanel } from '../components/campaign-panel.tsx';
import { EventFeed } from '../components/event-feed.tsx';
import { FigureTile } from '../components/figure-tile.tsx';
import { FindingFeed } from '../components/finding-feed.tsx';
import { Note } from '../components/note.tsx';
import { Panel } from '../components/panel.tsx';
import { CountryPanel } from '../components/place-panels.tsx';
import { SensorPanel } from '../components/sensor-panel.tsx';
import { SeverityPanel } from '../components/severity-panel.tsx';
import { TechniquePanel } from '../components/technique-panel.tsx';
import { TryIt } from '../components/try-it.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { WorldMap } from '../components/world-map.tsx';
import { seedFeeds } from '../state/live.ts';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText } from '../state/words.ts';

const DAY = { since: '24h' };

/** What is happening now. */
export function NowView() {
  const { data, error } = useAnswer<OverviewAnswer>('api/overview');
  useEffect(() => {
    if (data) seedFeeds(data.latestEvents, data.latestFindings);
  }, [data]);
  return (
    <>
      <ViewTitle>
        Now <span class="h1-note">the last 24 hours</span>
      </ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data === undefined ? error === undefined && <Note>Loading…</Note> : <Overview overview={data} />}
    </>
  );
}

function Overview({ overview }: { readonly overview: OverviewAnswer }) {
  const { figures, since } = overview;
  return (
    <>
      <div class="tiles">
        <FigureTile
          label="Sources"
          figure={figures.sources}
          since={since}
          href={href(['sources'], { ...DAY, noise: '1' })}
          tone="calm"
        />
        <FigureTile
          label="Sessions"
          figure={figures.sessions}
          since={since}
          href={href(['sessions'], { ...DAY, noise: '1' })}
          tone="calm"
        />
        <FigureTile
          label="Attacks"
          figure={figures.attacks}
          since={since}
          href={href(['sessions'], { ...DAY, attacks: '1' })}
          tone="hot"
        />
        <FigureTile
          label="Findings"
          figure={figures.findings}
          since={since}
          href={href(['findings'], DAY)}
          tone="hot"
        />
      </div>
      {overview.countries.length > 0 && <Places overview={overview} />}
      {overview.totals.events === 0 && <TryIt sensors={overview.sensors} />}
      <div class="now-columns">
        <div class="now-main">
          <FindingFeed />
          <EventFeed />
        </div>
        <div class="now-side">
          <SeverityPanel severities={overview.severities} />
          <TechniquePanel study={overview.study} />
          <CampaignPanel campaigns={overview.campaigns} />
          <SensorPanel overview={overview} />
        </div>
      </div>
    </>
  );
}

/** Where the day's sources seem to be, by which data, and how much of it is noise. */
function Places({ overview }: { readonly overview: OverviewAnswer }) {
  const { countries, placeSources, noise, figures } = overview;
  const told = placeSources.map(({ name, tells, date }) => `${tells}: ${name}, ${date}`).join('; ');
  return (
    <div class="map-row">
      <Panel
        title="Where sources seem to be"
        side={
          <a class="dim" href={href(['sessions'], { ...DAY, noise: '1' })}>
            {`${countText(noise)} of ${countText(figures.sessions.count)} sessions are noise`}
          </a>
        }
      >
        <WorldMap counts={countries} query={DAY} label="Sources of the last 24 hours by country" />
        <p class="map-foot dim">
          {told === '' ? 'No data of countries: sundew data geo build' : `${told}. A hint.`}
        </p>
      </Panel>
      <CountryPanel shares={countries} query={{ ...DAY, noise: '1' }} />
    </div>
  );
}
