import type { AuditReport, AxisVerdict } from '../model/audit-report.ts';
import type { Finding } from '../model/finding.ts';
import { severityRank } from '../model/severity.ts';
import { oneLine } from './event-text.ts';
import type { Style } from './style.ts';
import { severityText } from './style.ts';
import { durationText } from './times.ts';

/** An audit as a person reads it: the five answers first, then why, then what to do. Ends with an empty line. */
export function auditText(report: AuditReport, style: Style): string {
  if (isSilent(report)) return silentText(report, style);
  const { server } = report;
  const lines = [style('bold', report.target)];
  if (server !== undefined) {
    const { engine, version, role, keys, os } = server;
    // A Sentinel has no role, a proxy may have no system.
    lines[0] += `  ${[`${engine} ${version}`, role, `${keys} keys`, os].filter((part) => part !== '').join(', ')}`;
  }
  if (report.outcome !== 'audited')
    lines.push(`  ${style('yellow', report.outcome)}: ${report.message ?? ''}`);
  for (const [axis, verdict] of Object.entries(report.axes)) lines.push(axisLine(axis, verdict, style));
  for (const { title, because } of report.campaigns) {
    lines.push(`  campaign ${style('bold', title)}: ${because}`);
  }
  const findings = report.findings.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  for (const finding of findings) lines.push('', ...findingText(finding, style));
  if (report.notTested.length > 0) {
    lines.push(
      '',
      style('dim', '  not tested:'),
      ...report.notTested.map((text) => style('dim', `    ${text}`)),
    );
  }
  const sent = Object.values(report.commandsSent).reduce((total, count) => total + count, 0);
  lines.push(style('dim', `  ${sent} read-only commands in ${durationText(report.ms)}`));
  return `${lines.join('\n')}\n\n`;
}

/** Nothing was learnt of it but how the conversation ended. */
function isSilent({ server, outcome, findings }: AuditReport): boolean {
  return server === undefined && outcome !== 'audited' && findings.length === 0;
}

/** One line, so that a list of servers of which most are closed can be read. */
function silentText({ target, outcome, message = '' }: AuditReport, style: Style): string {
  const named = message.includes(target) ? message : `${target}: ${message}`;
  return `${style('yellow', outcome.padEnd(15))}${named}\n`;
}

const ANSWER_LOOK = { yes: 'red', no: 'green', 'not-visible': 'yellow' } as const;

function axisLine(axis: string, { answer, because }: AxisVerdict, style: Style): string {
  // An operator's eye goes to red: only a "yes" is.
  return `  ${axis.padEnd(14)}${style(ANSWER_LOOK[answer], answer.padEnd(12))}${because}`;
}

function findingText(finding: Finding, style: Style): string[] {
  const { severity, title, rule, attack, why, advice, evidence } = finding;
  const lines = [
    `  ${severityText(severity, style)}  ${style('bold', title)}  [${rule}] ${attack.join(' ')}`,
  ];
  for (const { event, field, excerpt } of evidence.slice(0, 8))
    lines.push(`      ${event} ${field}: ${excerpt}`);
  if (evidence.length > 8) lines.push(`      and ${evidence.length - 8} more (--json has all)`);
  lines.push(`      why: ${oneLine(why)}`);
  for (const [at, line] of advice.trim().split('\n').entries())
    lines.push(`      ${at === 0 ? 'do:  ' : '     '}${line.trim()}`);
  return lines;
}
