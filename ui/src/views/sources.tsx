import type { SourceView } from '../../../src/serve/answers.ts';
import { CampaignLink } from '../components/campaign-link.tsx';
import type { TableColumn } from '../components/data-table.tsx';
import { ListView } from '../components/list-view.tsx';
import { PlaceText } from '../components/place-text.tsx';
import { Raw } from '../components/raw.tsx';
import { SeverityMark } from '../components/severity-mark.tsx';
import { StageSteps } from '../components/stage-steps.tsx';
import { TechniqueLinks } from '../components/technique-links.tsx';
import { TimeText } from '../components/time-text.tsx';
import { href } from '../state/route.ts';
import { countText } from '../state/words.ts';

const COLUMNS: readonly TableColumn<SourceView>[] = [
  {
    title: 'Source',
    sort: 'name',
    role: 'lead',
    cell: ({ address }) => (
      <a class="address" data-open href={href(['sources', address])}>
        <Raw text={address} />
      </a>
    ),
  },
  { title: 'Where', cell: ({ place }) => <PlaceText place={place} /> },
  { title: 'Severity', sort: 'severity', cell: ({ severity }) => <SeverityMark severity={severity} /> },
  { title: 'Furthest stage', cell: ({ stage }) => <StageSteps stage={stage} /> },
  { title: 'ATT&CK', cell: ({ techniques }) => <TechniqueLinks techniques={techniques} most={2} /> },
  {
    title: 'Campaigns',
    role: 'wide',
    cell: ({ campaigns }) =>
      campaigns.length === 0 ? (
        <CampaignLink campaign={undefined} />
      ) : (
        campaigns.map((one) => <CampaignLink key={one.id} campaign={one} />)
      ),
  },
  {
    title: 'Sessions',
    sort: 'sessions',
    align: 'right',
    cell: ({ sessions, address }) => (
      <a href={href(['sessions'], { source: address, noise: '1' })}>{countText(sessions)}</a>
    ),
  },
  { title: 'Commands', sort: 'count', align: 'right', cell: ({ commands }) => countText(commands) },
  {
    title: 'First seen',
    sort: 'first',
    align: 'right',
    cell: ({ firstSeen }) => <TimeText at={firstSeen} />,
  },
  { title: 'Last seen', sort: 'recent', align: 'right', cell: ({ lastSeen }) => <TimeText at={lastSeen} /> },
];

export function SourcesView() {
  return (
    <ListView
      title="Sources"
      list="sources"
      placeholder="Address, network, campaign, technique"
      columns={COLUMNS}
      keyOf={({ address }) => address}
      severity
      exported
      empty="Nobody has come yet."
    />
  );
}
