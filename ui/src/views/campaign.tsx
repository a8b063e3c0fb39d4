import type {
  CampaignView as CampaignAnswer,
  IndicatorView,
  ListAnswer,
} from '../../../src/serve/answers.ts';
import { CampaignGraph } from '../components/campaign-graph.tsx';
import { Crumbs } from '../components/crumbs.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Facts } from '../components/facts.tsx';
import { INDICATOR_COLUMNS } from '../components/indicator-columns.tsx';
import { Note } from '../components/note.tsx';
import { Panel } from '../components/panel.tsx';
import { CountryPanel, NetworkPanel } from '../components/place-panels.tsx';
import { SessionTable } from '../components/session-table.tsx';
import { TechniqueLinks } from '../components/technique-links.tsx';
import { TimeText } from '../components/time-text.tsx';
import { TimelinePanel } from '../components/timeline-panel.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { WorldMap } from '../components/world-map.tsx';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText } from '../state/words.ts';

const COLUMNS = INDICATOR_COLUMNS.filter(({ title }) => title !== 'Campaign');

/** One campaign: why it is one, and what belongs to it. */
export function CampaignView({ id }: { readonly id: string }) {
  const which = encodeURIComponent(id);
  const { data, error } = useAnswer<ListAnswer<CampaignAnswer>>(`api/campaigns?campaign=${which}`);
  const indicators = useAnswer<ListAnswer<IndicatorView>>(
    `api/indicators?campaign=${which}&sort=confidence&limit=50`,
  );
  const campaign = data?.items[0];
  return (
    <>
      <Crumbs list="campaigns" label="Campaigns" />
      <ViewTitle>{campaign?.title ?? 'Campaign'}</ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && campaign === undefined && <Note>There is no such campaign.</Note>}
      {campaign !== undefined && <Ties campaign={campaign} />}
      {indicators.data !== undefined && indicators.data.total > 0 && (
        <Panel
          title="Indicators"
          href={href(['indicators'], { campaign: id })}
          side={<span class="dim">{countText(indicators.data.total)}</span>}
        >
          <DataTable
            label="Indicators"
            sortable={false}
            columns={COLUMNS}
            items={indicators.data.items}
            keyOf={(one) => one.id}
          />
        </Panel>
      )}
      {campaign !== undefined && <TimelinePanel query={{ campaign: id }} />}
      <SessionTable query={{ campaign: id }} />
    </>
  );
}

function Ties({ campaign }: { readonly campaign: CampaignAnswer }) {
  const { id, known, sessions, sources, firstSeen, lastSeen, techniques, reasons } = campaign;
  return (
    <>
      <Facts
        facts={[
          ['Origin', known ? 'known campaign' : 'found by what sessions share'],
          ['Sessions', <a href={href(['sessions'], { campaign: id })}>{countText(sessions)}</a>],
          ['Sources', <a href={href(['sources'], { campaign: id })}>{countText(sources)}</a>],
          ['First seen', <TimeText at={firstSeen} />],
          ['Last seen', <TimeText at={lastSeen} />],
          ['ATT&CK', <TechniqueLinks techniques={techniques} />],
        ]}
      />
      <div class="map-row">
        <Panel title="Where its sources seem to be">
          <WorldMap
            counts={campaign.countries}
            query={{ campaign: id }}
            label="Sources of the campaign by country"
          />
        </Panel>
        <div>
          <CountryPanel shares={campaign.countries} query={{ campaign: id }} />
          <NetworkPanel shares={campaign.networks} of={sources} query={{ campaign: id }} />
        </div>
      </div>
      <CampaignGraph id={id} />
      {campaign.changes.length > 0 && (
        <Panel title="Merges and splits">
          <ul>
            {campaign.changes.map(({ time, what, other, sessions: moved }) => (
              <li key={`${time} ${what} ${other}`}>
                <TimeText at={time} /> {what} <a href={href(['campaigns', other])}>{other}</a>,{' '}
                {countText(moved)} sessions
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="What ties it together">
        <ul class="reasons">
          {reasons.map((reason, at) => (
            <li key={at}>{reason}</li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
