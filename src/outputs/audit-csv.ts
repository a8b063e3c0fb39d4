import type { JudgedReport } from '../analysis/judged-report.ts';
import { printableText } from '../model/printable.ts';
import { Axis } from '../model/severity.ts';
import { csvLine } from './csv.ts';
import type { ReportFormat } from './report-format.ts';
import { timeText } from './times.ts';

const HEAD = [
  'target',
  'time',
  'outcome',
  'verdict',
  'engine',
  'version',
  ...Axis.options,
  'severity',
  'axis',
  'rule',
  'title',
  'attack',
  'evidence',
  'advice',
  'baseline',
  'accepted',
  'fingerprint',
];

/** One line a finding; a server without any has one line as well, with these columns empty. */
export function auditCsv(): ReportFormat {
  return { begin: () => csvLine(HEAD), add: (report) => linesOf(report), end: () => '' };
}

function linesOf({ target, time, outcome, rung, server, axes, findings }: JudgedReport): string {
  const about = [
    target,
    timeText(time),
    outcome,
    rung,
    server?.engine ?? '',
    server?.version ?? '',
    ...Axis.options.map((axis) => axes[axis].answer),
  ].map((cell) => printableText(cell));
  if (findings.length === 0) return csvLine([...about, ...HEAD.slice(about.length).map(() => '')]);
  return findings
    .map(({ severity, axis, rule, title, attack, evidence, advice, baseline, accepted, fingerprint }) =>
      csvLine([
        ...about,
        ...[
          severity,
          axis,
          rule,
          title,
          attack.join(' '),
          evidence.map(({ event, field, excerpt }) => `${event} ${field}: ${excerpt}`).join('; '),
          advice.split('\n').join(' | '),
          baseline ?? '',
          accepted === undefined ? '' : `until ${accepted.expires} by ${accepted.by}: ${accepted.reason}`,
          fingerprint,
        ].map((cell) => printableText(cell, 8_000)),
      ]),
    )
    .join('');
}
