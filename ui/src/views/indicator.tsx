import type { IndicatorAnswer } from '../../../src/serve/answers.ts';
import { CampaignLink } from '../components/campaign-link.tsx';
import { ConfidenceBar } from '../components/confidence-bar.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Crumbs } from '../components/crumbs.tsx';
import { DataTable } from '../components/data-table.tsx';
import { DefangToggle, shownValue } from '../components/defang.tsx';
import { Facts } from '../components/facts.tsx';
import { Note } from '../components/note.tsx';
import { Panel } from '../components/panel.tsx';
import { Raw } from '../components/raw.tsx';
import { SESSION_COLUMNS } from '../components/session-columns.tsx';
import { TimeText } from '../components/time-text.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText } from '../state/words.ts';

/** One indicator and the sessions behind it. */
export function IndicatorView({ id }: { readonly id: string }) {
  const { data, error } = useAnswer<IndicatorAnswer>(`api/indicators/${encodeURIComponent(id)}`);
  return (
    <>
      <Crumbs list="indicators" label="Indicators" />
      <ViewTitle>Indicator</ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && <Indicator answer={data} />}
    </>
  );
}

function Indicator({ answer: { indicator, sessions } }: { readonly answer: IndicatorAnswer }) {
  const { kind, value, sample, confidence, sightings, firstSeen, lastSeen, campaign, rules } = indicator;
  const shown = shownValue(kind, value);
  return (
    <>
      <p class="headline-value">
        <span class="kind">{kind}</span> <Raw text={shown} /> <CopyButton text={shown} /> <DefangToggle />
      </p>
      {sample !== undefined && sample !== value && (
        <p class="headline-sample">
          <span class="dim">for example</span> <Raw text={sample} />
        </p>
      )}
      <Facts
        facts={[
          ['Confidence', <ConfidenceBar confidence={confidence} />],
          ['Sightings', countText(sightings)],
          ['First seen', <TimeText at={firstSeen} />],
          ['Last seen', <TimeText at={lastSeen} />],
          ['Campaign', <CampaignLink campaign={campaign} />],
          ['Sources', countText(indicator.sources.length)],
          [
            'Rules',
            rules.map((rule) => (
              <a key={rule} class="rule" href={href(['findings'], { rule })}>
                {rule}
              </a>
            )),
          ],
        ]}
      />
      <Panel title="Sessions behind it" side={<span class="dim">{countText(sessions.length)}</span>}>
        <DataTable
          label="Sessions behind it"
          sortable={false}
          columns={SESSION_COLUMNS}
          items={sessions}
          keyOf={(session) => session.id}
        />
      </Panel>
    </>
  );
}
