import type { Column } from '../outputs/column.ts';
import { csvHeader, csvRow } from '../outputs/csv.ts';
import { safeJson } from '../outputs/safe-json.ts';

/** A kind of file; the same bytes as the command line writes with `--csv`, `--json` and `--ndjson`. */
export interface ExportFormat {
  readonly type: string;
  write<T>(items: readonly T[], columns: readonly Column<T>[]): string;
}

/** By the ending of the file's name. */
export const EXPORT_FORMATS: Readonly<Record<string, ExportFormat>> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    write: (items, columns) => csvHeader(columns) + items.map((item) => csvRow(item, columns)).join(''),
  },
  json: { type: 'application/json', write: (items) => `${safeJson(items, 2)}\n` },
  ndjson: {
    type: 'application/x-ndjson',
    write: (items) => items.map((item) => `${safeJson(item)}\n`).join(''),
  },
};
