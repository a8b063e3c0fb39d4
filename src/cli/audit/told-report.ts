import type { JudgedReport } from '../../analysis/judged-report.ts';
import type { AuditReport } from '../../model/audit-report.ts';
import { safeJson } from '../../outputs/safe-json.ts';

/** A report as a worker hands it over: what has to be counted, and the whole as one line of NDJSON. */
export interface ToldReport {
  readonly target: string;
  readonly outcome: AuditReport['outcome'];
  /** Without the sentences. */
  readonly axes: AuditReport['axes'];
  readonly severities: readonly AuditReport['findings'][number]['severity'][];
  /** With its end of line; judged without a baseline and accepted risks. */
  readonly line: string;
}

export function toldReport(report: JudgedReport): ToldReport {
  const { target, outcome, axes, findings } = report;
  return {
    target,
    outcome,
    axes: answersOnly(axes),
    severities: findings.map(({ severity }) => severity),
    line: `${safeJson(report)}\n`,
  };
}

/** The whole again. Made by a thread of ours: its form is not in doubt. */
export function wholeReport({ line }: ToldReport): AuditReport {
  return JSON.parse(line) as AuditReport;
}

/** The sentences are not needed for sums, and would be most of the memory. */
export function answersOnly(axes: AuditReport['axes']): AuditReport['axes'] {
  return {
    exposed: ANSWERS[axes.exposed.answer],
    infected: ANSWERS[axes.infected.answer],
    leaking: ANSWERS[axes.leaking.answer],
    vulnerable: ANSWERS[axes.vulnerable.answer],
    misconfigured: ANSWERS[axes.misconfigured.answer],
  };
}

/** The same three for all servers. */
const ANSWERS = {
  yes: { answer: 'yes', because: '' },
  no: { answer: 'no', because: '' },
  'not-visible': { answer: 'not-visible', because: '' },
} as const;
