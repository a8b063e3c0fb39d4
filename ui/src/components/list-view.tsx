import type { ComponentChildren } from 'preact';
import type { ListAnswer } from '../../../src/serve/answers.ts';
import { route } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import type { TableColumn } from './data-table.tsx';
import { DataTable } from './data-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Note } from './note.tsx';
import { Pager } from './pager.tsx';
import { ViewTitle } from './view-title.tsx';

interface ListViewProps<T> {
  readonly title: string;
  /** Name of the list in the API. */
  readonly list: string;
  readonly placeholder: string;
  readonly columns: readonly TableColumn<T>[];
  readonly keyOf: (item: T) => string;
  readonly severity?: boolean;
  readonly exported?: boolean;
  /** Name under /api/export, where it is another than the list's. */
  readonly exportedAs?: string;
  readonly empty: string;
  readonly filters?: ComponentChildren;
  /** Stands above the table. */
  readonly lead?: ComponentChildren;
}

const SIZE = 100;

/** A list of the API as a view: filters, table, pages. */
export function ListView<T>(props: ListViewProps<T>) {
  const { title, list, placeholder, columns, keyOf, empty, lead } = props;
  const { query } = route.value;
  const { offset = '0', ...filters } = query;
  const search = searchOf(filters);
  const { data, error } = useAnswer<ListAnswer<T>>(
    `api/${list}${searchOf({ ...filters, limit: String(SIZE), offset })}`,
  );
  const narrowed = Object.keys(filters).some((name) => name !== 'sort' && name !== 'order');
  return (
    <>
      <ViewTitle>{title}</ViewTitle>
      <FilterBar
        placeholder={placeholder}
        total={data?.total}
        noise={data?.noise}
        severity={props.severity ?? false}
        search={search}
        {...(props.exported === true ? { exports: props.exportedAs ?? list } : {})}
      >
        {props.filters}
      </FilterBar>
      {lead}
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data === undefined && error === undefined && <Note>Loading…</Note>}
      {data !== undefined && data.items.length === 0 && (
        <Note>{narrowed ? 'Nothing passes these filters.' : empty}</Note>
      )}
      {data !== undefined && data.items.length > 0 && (
        <DataTable label={title} columns={columns} items={data.items} keyOf={keyOf} />
      )}
      {data !== undefined && (
        <Pager total={data.total} offset={data.offset} shown={data.items.length} size={SIZE} />
      )}
    </>
  );
}

function searchOf(filters: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(filters).toString();
  return text === '' ? '' : `?${text}`;
}
