import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { cameBack, changeQuery, route } from '../state/route.ts';
import { openOnClick } from '../state/rows.ts';

export interface TableColumn<T> {
  readonly title: string;
  readonly cell: (item: T) => ComponentChildren;
  /** What the API sorts by; the head becomes a button. */
  readonly sort?: string;
  readonly align?: 'right';
  /** `wide` takes the room that is left; `lead` heads the card on a narrow screen. */
  readonly role?: 'wide' | 'lead';
}

interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly TableColumn<T>[];
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** False where the API answers in one order only. */
  readonly sortable?: boolean;
}

/** Where the reader was in each view, so that going back finds the row again. */
const lastRow = new Map<string, string>();

/** Rows that are walked through with the keyboard; cards on a narrow screen. */
export function DataTable<T>({ label, columns, items, keyOf, sortable = true }: DataTableProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const place = route.value.path.join('/');
  const filled = items.length > 0;
  useEffect(() => {
    const key = lastRow.get(place);
    if (!filled || !cameBack.now || key === undefined || document.activeElement?.closest('[data-row]'))
      return;
    const rows = [...(body.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    rows.find((row) => row.dataset['row'] === key)?.focus();
  }, [place, filled]);
  return (
    <div class="table-box">
      <table class="data" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.title} column={column} sortable={sortable} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {items.map((item, at) => (
            <tr
              key={keyOf(item)}
              data-row={keyOf(item)}
              tabIndex={at === 0 ? 0 : -1}
              onClick={openOnClick}
              onFocus={() => lastRow.set(place, keyOf(item))}
            >
              {columns.map(({ title, cell, align, role }) => (
                <td key={title} data-label={title} class={[align, role].filter(Boolean).join(' ')}>
                  {cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps<T> {
  readonly column: TableColumn<T>;
  readonly sortable: boolean;
}

function Head<T>({ column, sortable }: HeadProps<T>) {
  const { title, align } = column;
  const sort = sortable ? column.sort : undefined;
  const { query } = route.value;
  const current = sort !== undefined && (query['sort'] ?? 'recent') === sort;
  const rising = (query['order'] ?? (sort === 'name' ? 'asc' : 'desc')) === 'asc';
  const turn = (): void => {
    const order = current ? (rising ? 'desc' : 'asc') : undefined;
    changeQuery({ sort, order, offset: undefined });
  };
  return (
    <th scope="col" class={align} aria-sort={current ? (rising ? 'ascending' : 'descending') : undefined}>
      {sort === undefined ? (
        title
      ) : (
        <button type="button" class="sort" onClick={turn}>
          {title}
          <span aria-hidden="true">{current ? (rising ? ' ↑' : ' ↓') : ''}</span>
        </button>
      )}
    </th>
  );
}
