import type { ListAnswer, SourceView as SourceAnswer } from '../../../src/serve/answers.ts';
import { CampaignLink } from '../components/campaign-link.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Crumbs } from '../components/crumbs.tsx';
import { Facts } from '../components/facts.tsx';
import { Note } from '../components/note.tsx';
import { PlaceText } from '../components/place-text.tsx';
import { Raw } from '../components/raw.tsx';
import { SessionTable } from '../components/session-table.tsx';
import { SeverityMark } from '../components/severity-mark.tsx';
import { StageSteps } from '../components/stage-steps.tsx';
import { TechniqueLinks } from '../components/technique-links.tsx';
import { TimeText } from '../components/time-text.tsx';
import { TimelinePanel } from '../components/timeline-panel.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText } from '../state/words.ts';

/** One address and all it did. */
export function SourceView({ address }: { readonly address: string }) {
  const { data, error } = useAnswer<ListAnswer<SourceAnswer>>(
    `api/sources?noise=1&source=${encodeURIComponent(address)}`,
  );
  const source = data?.items[0];
  return (
    <>
      <Crumbs list="sources" label="Sources" />
      <ViewTitle>
        <Raw text={address} /> <CopyButton text={address} />
      </ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && source === undefined && <Note>This source is not known, or was forgotten.</Note>}
      {source !== undefined && <SourceFacts source={source} />}
      <TimelinePanel query={{ source: address }} />
      <SessionTable query={{ source: address, noise: '1' }} />
    </>
  );
}

function SourceFacts({ source }: { readonly source: SourceAnswer }) {
  const {
    address,
    place,
    noise,
    severity,
    stage,
    techniques,
    campaigns,
    sessions,
    commands,
    firstSeen,
    lastSeen,
    rules,
  } = source;
  return (
    <Facts
      facts={[
        ['Seems to be in', <PlaceText place={place} />],
        ['Worst', <SeverityMark severity={severity} />],
        ...(noise === undefined ? [] : [['Noise', noise] as const]),
        ['Furthest stage', <StageSteps stage={stage} />],
        ['Sessions', <a href={href(['sessions'], { source: address, noise: '1' })}>{countText(sessions)}</a>],
        ['Commands', countText(commands)],
        [
          'Findings',
          <a href={href(['findings'], { source: address })}>{`of ${countText(rules.length)} rules`}</a>,
        ],
        ['Indicators', <a href={href(['indicators'], { source: address })}>learnt from it</a>],
        ['First seen', <TimeText at={firstSeen} />],
        ['Last seen', <TimeText at={lastSeen} />],
        [
          'Campaigns',
          campaigns.length === 0 ? '–' : campaigns.map((one) => <CampaignLink key={one.id} campaign={one} />),
        ],
        ['ATT&CK', <TechniqueLinks techniques={techniques} />],
      ]}
    />
  );
}
