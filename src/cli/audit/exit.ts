import { counts } from '../../analysis/judge-report.ts';
import type { JudgedFinding, JudgedReport } from '../../analysis/judged-report.ts';
import type { Severity } from '../../model/severity.ts';
import { severityRank } from '../../model/severity.ts';
import { Exit } from '../exit.ts';

/** What counts of a report. */
interface Judged {
  readonly outcome: JudgedReport['outcome'];
  readonly findings: readonly Pick<JudgedFinding, 'severity' | 'accepted' | 'baseline'>[];
}

/** Adds up what an audit of many servers comes to, without keeping their reports. */
export interface AuditExit {
  add(report: Judged): void;
  /** @param stopped the operator ended it. Findings weigh more than servers that could not be looked at. */
  status(stopped: boolean): Exit;
}

/** Accepted findings, and those that the baseline knows, do not count. */
export function createAuditExit(failOn: Severity | 'none'): AuditExit {
  const least = failOn === 'none' ? Infinity : severityRank(failOn);
  let bad = false;
  let partial = false;
  return {
    add: ({ findings, outcome }) => {
      bad ||= findings.some((finding) => severityRank(finding.severity) >= least && counts(finding));
      partial ||= outcome !== 'audited';
    },
    status: (stopped) => {
      if (bad) return Exit.findings;
      return stopped || partial ? Exit.partial : Exit.fine;
    },
  };
}
