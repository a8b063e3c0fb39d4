import type { CampaignView } from '../../../src/serve/answers.ts';
import type { TableColumn } from '../components/data-table.tsx';
import { ListView } from '../components/list-view.tsx';
import { TechniqueLinks } from '../components/technique-links.tsx';
import { TimeText } from '../components/time-text.tsx';
import { href } from '../state/route.ts';
import { countText } from '../state/words.ts';

const COLUMNS: readonly TableColumn<CampaignView>[] = [
  {
    title: 'Campaign',
    sort: 'name',
    role: 'lead',
    cell: ({ id, title, known }) => (
      <>
        <a data-open href={href(['campaigns', id])}>
          {title}
        </a>{' '}
        <span class="dim">{known ? 'known' : 'found here'}</span>
      </>
    ),
  },
  {
    title: 'What ties it',
    role: 'wide',
    cell: ({ reasons }) => <span class="reason">{reasons[0] ?? ''}</span>,
  },
  {
    title: 'Countries',
    cell: ({ countries, sources }) => (
      <span class="dim">
        {countries
          .slice(0, 2)
          .map(({ name, sources: count }) => `${name} ${Math.round((100 * count) / sources)} %`)
          .join(', ')}
      </span>
    ),
  },
  { title: 'ATT&CK', cell: ({ techniques }) => <TechniqueLinks techniques={techniques} most={3} /> },
  {
    title: 'Sessions',
    sort: 'sessions',
    align: 'right',
    cell: ({ id, sessions }) => <a href={href(['sessions'], { campaign: id })}>{countText(sessions)}</a>,
  },
  {
    title: 'Sources',
    sort: 'count',
    align: 'right',
    cell: ({ id, sources }) => <a href={href(['sources'], { campaign: id })}>{countText(sources)}</a>,
  },
  {
    title: 'Indicators',
    align: 'right',
    cell: ({ id, indicators }) => (
      <a href={href(['indicators'], { campaign: id })}>{countText(indicators)}</a>
    ),
  },
  {
    title: 'First seen',
    sort: 'first',
    align: 'right',
    cell: ({ firstSeen }) => <TimeText at={firstSeen} />,
  },
  { title: 'Last seen', sort: 'recent', align: 'right', cell: ({ lastSeen }) => <TimeText at={lastSeen} /> },
];

export function CampaignsView() {
  return (
    <ListView
      title="Campaigns"
      list="campaigns"
      placeholder="Title, source, technique, reason"
      columns={COLUMNS}
      keyOf={({ id }) => id}
      exported
      empty="No sessions are tied together yet."
    />
  );
}
