import type { Axis } from '../../../src/model/severity.ts';
import type { ListAnswer, ServerView } from '../../../src/serve/answers.ts';
import type { TableColumn } from '../components/data-table.tsx';
import { DataTable } from '../components/data-table.tsx';
import { ExportLinks } from '../components/export-links.tsx';
import { Note } from '../components/note.tsx';
import { Raw } from '../components/raw.tsx';
import { RungMark } from '../components/rung-mark.tsx';
import { TimeText } from '../components/time-text.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText, plural } from '../state/words.ts';

const AXES: readonly Axis[] = ['exposed', 'infected', 'leaking', 'vulnerable', 'misconfigured'];
const SIGN = { yes: 'yes', no: 'no', 'not-visible': '?' } as const;

const COLUMNS: readonly TableColumn<ServerView>[] = [
  {
    title: 'Server',
    role: 'lead',
    cell: ({ target, software }) => (
      <>
        <a data-open class="address" href={href(['servers', target])}>
          <Raw text={target} />
        </a>{' '}
        <span class="dim">{software ?? ''}</span>
      </>
    ),
  },
  {
    title: 'How far',
    cell: ({ rung, before, outcome }) => <RungMark rung={rung} before={before} outcome={outcome} />,
  },
  ...AXES.map(
    (axis): TableColumn<ServerView> => ({
      title: axis,
      cell: ({ axes }) => (
        <span class={`answer answer-${axes[axis].answer}`} title={axes[axis].because}>
          {SIGN[axes[axis].answer]}
        </span>
      ),
    }),
  ),
  {
    title: 'Findings',
    align: 'right',
    cell: ({ findings, severe }) => `${countText(findings)}${severe === 0 ? '' : ` (${severe} severe)`}`,
  },
  { title: 'Audits', align: 'right', cell: ({ audits }) => countText(audits) },
  { title: 'Last', align: 'right', cell: ({ time }) => <TimeText at={time} /> },
];

/** The operator's own servers, as their newest kept audit found them. */
export function ServersView() {
  const { data, error } = useAnswer<ListAnswer<ServerView>>('api/servers');
  return (
    <>
      <ViewTitle>My servers</ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && data.items.length === 0 && (
        <Note>
          No audit is kept here yet. Run sundew audit redis://HOST:PORT --keep with the same data folder; each
          night, say.
        </Note>
      )}
      {data !== undefined && data.items.length > 0 && (
        <>
          <div class="filters">
            <span class="filter-total" role="status">
              {plural(data.total, 'server')}
            </span>
            <ExportLinks list="servers" search="" />
          </div>
          <DataTable
            label="My servers"
            columns={COLUMNS}
            items={data.items}
            keyOf={({ target }) => target}
            sortable={false}
          />
        </>
      )}
    </>
  );
}
