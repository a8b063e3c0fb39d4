import { z } from 'zod';
import { auditCsv } from './audit-csv.ts';
import { auditHtml } from './audit-html.ts';
import { auditJson, auditNdjson } from './audit-json.ts';
import { auditTable } from './audit-table.ts';
import { auditText } from './audit-text.ts';
import { junit } from './junit.ts';
import { prometheus } from './prometheus.ts';
import type { FormatContext, ReportFormat } from './report-format.ts';
import { sarif } from './sarif.ts';

export const FormatName = z.enum([
  'text',
  'table',
  'json',
  'ndjson',
  'sarif',
  'junit',
  'csv',
  'html',
  'prometheus',
]);
export type FormatName = z.infer<typeof FormatName>;

export function createFormat(name: FormatName, context: FormatContext): ReportFormat {
  switch (name) {
    case 'text':
      return { begin: () => '', add: (report) => auditText(report, context), end: () => '' };
    case 'table':
      return auditTable(context);
    case 'json':
      return auditJson();
    case 'ndjson':
      return auditNdjson();
    case 'sarif':
      return sarif(context);
    case 'junit':
      return junit(context);
    case 'csv':
      return auditCsv();
    case 'html':
      return auditHtml(context);
    case 'prometheus':
      return prometheus(context);
  }
}

/** The format that a file's name asks for. */
export function formatOfFile(path: string): FormatName | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return path.includes('.') ? ENDINGS.get(ending) : undefined;
}

const ENDINGS: ReadonlyMap<string, FormatName> = new Map<string, FormatName>([
  ['txt', 'text'],
  ['json', 'json'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['sarif', 'sarif'],
  ['xml', 'junit'],
  ['csv', 'csv'],
  ['html', 'html'],
  ['htm', 'html'],
  ['prom', 'prometheus'],
]);
