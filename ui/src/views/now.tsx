import { useEffect } from 'preact/hooks';
import type { OverviewAnswer } from '../../../src/serve/answers.ts';
import { CampaignPanel } from '../components/campaign-panel.tsx';
import { EventFeed } from '../components/event-feed.tsx';
import { FigureTile } from '../components/figure-tile.tsx';
import { FindingFeed } from '../components/finding-feed.tsx';
import { Note } from '../components/note.tsx';
import { SensorPanel } from '../components/sensor-panel.tsx';
import { SeverityPanel } from '../components/severity-panel.tsx';
import { TechniquePanel } from '../components/technique-panel.tsx';
import { TryIt } from '../components/try-it.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { seedFeeds } from '../state/live.ts';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';

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
          href={href(['sources'], DAY)}
          tone="calm"
        />
        <FigureTile
          label="Sessions"
          figure={figures.sessions}
          since={since}
          href={href(['sessions'], DAY)}
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
