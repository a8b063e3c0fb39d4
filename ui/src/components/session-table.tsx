import type { ListAnswer, SessionView } from '../../../src/serve/answers.ts';
import type { Query } from '../state/route.ts';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText } from '../state/words.ts';
import { DataTable } from './data-table.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';
import { SESSION_COLUMNS } from './session-columns.tsx';

const SHOWN = 50;
/** The newest sessions that something belongs to. */
export function SessionTable({ query }: { readonly query: Query }) {
  const search = href([], { ...query, limit: SHOWN }).slice(2);
  const { data, error } = useAnswer<ListAnswer<SessionView>>(`api/sessions${search}`);
  return (
    <Panel
      title="Sessions"
      href={href(['sessions'], query)}
      side={<span class="dim">{data === undefined ? '' : countText(data.total)}</span>}
    >
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && (
        <DataTable
          label="Sessions"
          sortable={false}
          columns={SESSION_COLUMNS}
          items={data.items}
          keyOf={({ id }) => id}
        />
      )}
    </Panel>
  );
}
