import type { SessionView } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { countText, durationText } from '../state/words.ts';
import { CampaignLink } from './campaign-link.tsx';
import type { TableColumn } from './data-table.tsx';
import { PlaceText } from './place-text.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { SourceLink } from './source-link.tsx';
import { StageSteps } from './stage-steps.tsx';
import { TechniqueLinks } from './technique-links.tsx';
import { TimeText } from './time-text.tsx';

/** How sessions read in a table, here and on the pages of what they belong to. */
export const SESSION_COLUMNS: readonly TableColumn<SessionView>[] = [
  {
    title: 'Opened',
    sort: 'first',
    cell: ({ id, opened }) => (
      <a data-open href={href(['sessions', id])}>
        <TimeText at={opened} />
      </a>
    ),
  },
  {
    title: 'Source',
    sort: 'name',
    cell: ({ peer }) => <SourceLink address={peer.address} port={peer.port} />,
  },
  { title: 'Where', cell: ({ place }) => <PlaceText place={place} /> },
  { title: 'Severity', sort: 'severity', cell: ({ severity }) => <SeverityMark severity={severity} /> },
  {
    title: 'Worst finding',
    role: 'lead',
    cell: ({ worst, findings, noise }) =>
      worst === undefined ? (
        <span class="dim">{noise === undefined ? 'nothing found' : `noise: ${noise}`}</span>
      ) : (
        <>
          {worst}
          {findings > 1 && <span class="dim">{` +${findings - 1}`}</span>}
        </>
      ),
  },
  { title: 'Stage', cell: ({ stage }) => <StageSteps stage={stage} /> },
  { title: 'ATT&CK', cell: ({ techniques }) => <TechniqueLinks techniques={techniques} most={2} /> },
  { title: 'Campaign', cell: ({ campaign }) => <CampaignLink campaign={campaign} /> },
  { title: 'Commands', sort: 'count', align: 'right', cell: ({ commands }) => countText(commands) },
  {
    title: 'Lasted',
    align: 'right',
    cell: ({ opened, lastSeen, closed }) =>
      closed === undefined ? <span class="open-mark">open</span> : durationText(lastSeen - opened),
  },
];
