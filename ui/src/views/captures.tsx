import type { CaptureAnswer, CaptureItem } from '../../../src/serve/answers.ts';
import { CopyButton } from '../components/copy-button.tsx';
import type { TableColumn } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExportLinks } from '../components/export-links.tsx';
import { Note } from '../components/note.tsx';
import { Raw } from '../components/raw.tsx';
import { TimeText } from '../components/time-text.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { bytesText, countText } from '../state/words.ts';

const COLUMNS: readonly TableColumn<CaptureItem>[] = [
  {
    title: 'SHA-256',
    role: 'lead',
    cell: ({ sha256, sightings }) => (
      <>
        <a data-open class="address" href={href(['sessions', sightings[0]?.session ?? ''])} title={sha256}>
          {sha256.slice(0, 20)}…
        </a>{' '}
        <CopyButton text={sha256} />
      </>
    ),
  },
  { title: 'Kind', cell: ({ kind }) => <span class="kind">{kind}</span> },
  { title: 'Size', align: 'right', cell: ({ size }) => bytesText(size) },
  { title: 'Commands it brings', cell: ({ names }) => <Raw text={names.join(' ')} fold={80} /> },
  {
    title: 'From',
    cell: ({ sightings }) => (
      <Raw text={[...new Set(sightings.map(({ master }) => master))].join(' ')} fold={60} />
    ),
  },
  { title: 'As', cell: ({ sightings }) => <Raw text={sightings[0]?.path ?? ''} fold={60} /> },
  { title: 'Seen', align: 'right', cell: ({ count }) => countText(count) },
  { title: 'First', align: 'right', cell: ({ firstSeen }) => <TimeText at={firstSeen} /> },
  { title: 'Last', align: 'right', cell: ({ lastSeen }) => <TimeText at={lastSeen} /> },
];

/** The files that masters sent, and that visitors handed in. */
export function CapturesView() {
  const { data, error } = useAnswer<CaptureAnswer>('api/captures');
  return (
    <>
      <ViewTitle>Captures</ViewTitle>
      <div class="filters">
        <span class="filter-total" role="status">
          {data === undefined ? '' : `${countText(data.total)} files`}
        </span>
        <ExportLinks list="captures" search="" />
      </div>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && data.items.length === 0 && (
        <Note>
          No file yet. A sensor started with --capture masters dials the masters that visitors name and keeps
          what they send, one with --http keeps the files that visitors hand in; nothing of it is ever run.
        </Note>
      )}
      {data !== undefined && data.items.length > 0 && (
        <DataTable
          label="Captures"
          columns={COLUMNS}
          items={data.items}
          keyOf={({ sha256 }) => sha256}
          sortable={false}
        />
      )}
    </>
  );
}
