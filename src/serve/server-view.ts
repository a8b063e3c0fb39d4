import type { AuditReport } from '../model/audit-report.ts';
import { Rung } from '../model/audit-report.ts';
import { printableText } from '../model/printable.ts';
import { Axis, severityRank } from '../model/severity.ts';
import type { Column } from '../outputs/column.ts';
import type { ServerAnswer, ServerView } from './answers.ts';
import { findingView } from './finding-view.ts';

/** The servers of the kept audits, the worst first, each as its newest audit found it. */
export function serverViews(reports: readonly AuditReport[]): ServerView[] {
  const byTarget = Map.groupBy(reports, ({ target }) => target);
  return [...byTarget.values()]
    .flatMap((history) => {
      const [newest, before] = history;
      return newest === undefined ? [] : [serverView(newest, before, history.length)];
    })
    .toSorted(
      (a, b) =>
        Rung.options.indexOf(b.rung) - Rung.options.indexOf(a.rung) ||
        b.severe - a.severe ||
        (a.target < b.target ? -1 : 1),
    );
}

function serverView(report: AuditReport, before: AuditReport | undefined, audits: number): ServerView {
  const { target, rung, outcome, time, server, axes, findings, message } = report;
  return {
    target: printableText(target, 300),
    rung,
    outcome,
    time,
    audits,
    ...(before === undefined || before.rung === rung ? {} : { before: before.rung }),
    ...(server === undefined
      ? {}
      : { software: printableText(`${server.engine} ${server.version}`, 100), keys: server.keys }),
    ...(message === undefined ? {} : { message: printableText(message, 500) }),
    axes: Object.fromEntries(
      Axis.options.map((axis) => [
        axis,
        { answer: axes[axis].answer, because: printableText(axes[axis].because, 500) },
      ]),
    ) as ServerView['axes'],
    findings: findings.length,
    severe: findings.filter(({ severity }) => severityRank(severity) >= severityRank('high')).length,
  };
}

/** One server with its findings now, and how it was in earlier audits. */
export function serverAnswer(target: string, reports: readonly AuditReport[]): ServerAnswer | undefined {
  const history = reports.filter((report) => printableText(report.target, 300) === target);
  const [newest, before] = history;
  if (newest === undefined) return undefined;
  return {
    server: serverView(newest, before, history.length),
    findings: newest.findings
      .toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity))
      .map(findingView),
    history: history.slice(0, 200).map(({ time, rung, outcome, findings }) => ({
      time,
      rung,
      outcome,
      findings: findings.length,
    })),
  };
}

export const SERVER_COLUMNS: readonly Column<ServerView>[] = [
  { name: 'target', title: 'SERVER', cell: ({ target }) => target },
  { name: 'rung', title: 'HOW FAR', cell: ({ rung }) => rung },
  { name: 'before', title: 'BEFORE', cell: ({ before }) => before ?? '' },
  { name: 'outcome', title: 'OUTCOME', cell: ({ outcome }) => outcome },
  ...Axis.options.map(
    (axis): Column<ServerView> => ({
      name: axis,
      title: axis.toUpperCase(),
      cell: ({ axes }) => axes[axis].answer,
    }),
  ),
  { name: 'findings', title: 'FINDINGS', cell: ({ findings }) => String(findings) },
  { name: 'audited', title: 'AUDITED', cell: ({ time }) => new Date(time).toISOString() },
];
