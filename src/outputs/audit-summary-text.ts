import type { AuditReport } from '../model/audit-report.ts';
import type { Axis } from '../model/severity.ts';
import type { Style } from './style.ts';
import { AXES_BY_URGENCY } from './verdict-words.ts';

/** What the summary needs of a report. */
export type AuditResult = Pick<AuditReport, 'target' | 'outcome' | 'axes'>;

const MOST_NAMED = 10;

/** After many servers: how many there were, and which of them need somebody to get up. */
export function auditSummaryText(results: readonly AuditResult[], style: Style): string {
  const outcomes = Map.groupBy(results, ({ outcome }) => outcome);
  const counts = [...outcomes]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([outcome, list]) => `${list.length} ${outcome}`);
  return [
    style('bold', `${results.length} servers: ${counts.join(', ')}`),
    ...AXES_BY_URGENCY.map((axis) => axisLine(axis, results, style)),
    '',
  ].join('\n');
}

function axisLine(axis: Axis, results: readonly AuditResult[], style: Style): string {
  const found = results.filter(({ axes }) => axes[axis].answer === 'yes').map(({ target }) => target);
  const hidden = results.filter(
    ({ axes, outcome }) => axes[axis].answer === 'not-visible' && outcome === 'audited',
  ).length;
  const more = found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : '';
  const names = found.length === 0 ? '' : `  ${found.slice(0, MOST_NAMED).join(' ')}${more}`;
  const number = String(found.length).padStart(6);
  const unseen = hidden === 0 ? '' : `  (${hidden} audited, but this was not visible)`;
  return `  ${axis.padEnd(14)}${found.length > 0 ? style('red', number) : number}${names}${unseen}`;
}
