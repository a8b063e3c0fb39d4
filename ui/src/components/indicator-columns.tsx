import type { IndicatorView } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { countText } from '../state/words.ts';
import { CampaignLink } from './campaign-link.tsx';
import { ConfidenceBar } from './confidence-bar.tsx';
import { CopyButton } from './copy-button.tsx';
import type { TableColumn } from './data-table.tsx';
import { shownValue } from './defang.tsx';
import { Raw } from './raw.tsx';
import { TimeText } from './time-text.tsx';

/** How indicators read in a table. */
export const INDICATOR_COLUMNS: readonly TableColumn<IndicatorView>[] = [
  { title: 'Kind', sort: 'name', cell: ({ kind }) => <span class="kind">{kind}</span> },
  {
    title: 'Value',
    role: 'lead',
    cell: ({ id, kind, value, sample }) => (
      <span class="indicator-value">
        <a data-open href={href(['indicators', id])}>
          <Raw text={sample ?? shownValue(kind, value)} />
        </a>
        {sample !== undefined && sample !== value && (
          <span class="dim sample">
            <Raw text={value} />
          </span>
        )}
      </span>
    ),
  },
  { title: 'Copy', cell: ({ kind, value }) => <CopyButton text={shownValue(kind, value)} /> },
  {
    title: 'Confidence',
    sort: 'confidence',
    cell: ({ confidence }) => <ConfidenceBar confidence={confidence} />,
  },
  { title: 'Campaign', cell: ({ campaign }) => <CampaignLink campaign={campaign} /> },
  { title: 'Sightings', sort: 'count', align: 'right', cell: ({ sightings }) => countText(sightings) },
  {
    title: 'Sessions',
    sort: 'sessions',
    align: 'right',
    cell: ({ id, sessions }) => <a href={href(['indicators', id])}>{countText(sessions.length)}</a>,
  },
  {
    title: 'First seen',
    sort: 'first',
    align: 'right',
    cell: ({ firstSeen }) => <TimeText at={firstSeen} />,
  },
  { title: 'Last seen', sort: 'recent', align: 'right', cell: ({ lastSeen }) => <TimeText at={lastSeen} /> },
];
