import type { AuditReport } from '../../model/audit-report.ts';
import type { Severity } from '../../model/severity.ts';
import { severityRank } from '../../model/severity.ts';
import { Exit } from '../exit.ts';

/** Adds up what an audit of many servers comes to, without keeping their reports. */
export interface AuditExit {
  add(report: AuditReport): void;
  /** @param stopped the operator ended it. Findings weigh more than servers that could not be looked at. */
  status(stopped: boolean): Exit;
}

export function createAuditExit(failOn: Severity): AuditExit {
  let bad = false;
  let partial = false;
  return {
    add: ({ findings, outcome }) => {
      bad ||= findings.some(({ severity }) => severityRank(severity) >= severityRank(failOn));
      partial ||= outcome !== 'audited';
    },
    status: (stopped) => {
      if (bad) return Exit.findings;
      return stopped || partial ? Exit.partial : Exit.fine;
    },
  };
}
