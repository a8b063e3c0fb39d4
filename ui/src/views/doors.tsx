import type { DoorAnswer, DoorItem } from '../../../src/serve/answers.ts';
import type { TableColumn } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExportLinks } from '../components/export-links.tsx';
import { Note } from '../components/note.tsx';
import { SelectField } from '../components/select-field.tsx';
import { SourceLink } from '../components/source-link.tsx';
import { TimeText } from '../components/time-text.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { changeQuery, href, route } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText, plural } from '../state/words.ts';

const DOORS = [
  ['redis,http', 'Redis and HTTP'],
  ['redis,smb', 'Redis and SMB'],
  ['http,smb', 'HTTP and SMB'],
  ['redis,http,smb', 'all three'],
] as const;
const SPANS = [
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
  ['30d', 'last 30 days'],
] as const;

const doorColumn = (protocol: 'redis' | 'http' | 'smb', title: string): TableColumn<DoorItem> => ({
  title,
  cell: ({ address, doors }) => {
    const door = doors.find((one) => one.protocol === protocol);
    if (door === undefined) return '';
    return (
      <>
        <a href={href(['sessions'], { source: address })}>
          {plural(door.visits, 'visit')}, {plural(door.attacks, 'attack')}
        </a>{' '}
        <span class="dim">{door.rules.join(' ')}</span>
      </>
    );
  },
});

const COLUMNS: readonly TableColumn<DoorItem>[] = [
  { title: 'Source', role: 'lead', cell: ({ address }) => <SourceLink address={address} /> },
  doorColumn('redis', 'Redis'),
  doorColumn('http', 'HTTP'),
  doorColumn('smb', 'SMB'),
  {
    title: 'Works like',
    cell: ({ worksLike }) => (worksLike === null ? '' : <a href={href(['campaigns'], {})}>{worksLike}</a>),
  },
  {
    title: 'Last',
    align: 'right',
    cell: ({ doors }) => <TimeText at={Math.max(...doors.map(({ last }) => last))} />,
  },
];

/** Addresses that were at several doors within a day. */
export function DoorsView() {
  const { on = 'redis,http', since = '7d' } = route.value.query;
  const search = new URLSearchParams({ on, since }).toString();
  const { data, error } = useAnswer<DoorAnswer>(`api/doors?${search}`);
  return (
    <>
      <ViewTitle>Doors</ViewTitle>
      <div class="filters">
        <SelectField
          label="Seen on"
          options={DOORS}
          value={on}
          onChange={(value) => changeQuery({ on: value })}
        />
        <SelectField
          label="Time"
          options={SPANS}
          value={since}
          onChange={(value) => changeQuery({ since: value })}
        />
        <span class="filter-total" role="status">
          {data === undefined ? '' : `${countText(data.total)} sources, each within 24 hours`}
        </span>
        <ExportLinks list="doors" search={`?${search}`} />
      </div>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      <Note>
        Tied by the address alone, which is weak: many machines may stand behind one, and it may have changed
        hands. Campaigns tie by what attackers use.
      </Note>
      {data !== undefined && data.items.length > 0 && (
        <DataTable
          label="Doors"
          columns={COLUMNS}
          items={data.items}
          keyOf={({ address }) => address}
          sortable={false}
        />
      )}
    </>
  );
}
