import type { AuditReport } from '../model/audit-report.ts';
import { printableText } from '../model/printable.ts';
import { emptyReport } from './empty-report.ts';

/** The report of a word that names no server, so that a list with one bad line is still reported whole. */
export function badTargetReport(text: string, fault: string, now: number): AuditReport {
  return emptyReport(printableText(text, 200), 'bad-target', fault, now, 0, {});
}
