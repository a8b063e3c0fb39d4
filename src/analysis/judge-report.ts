import type { AuditReport } from '../model/audit-report.ts';
import type { Baseline } from './baseline.ts';
import { ageOf, goneFrom } from './baseline.ts';
import { fingerprintOf } from './finding-identity.ts';
import type { JudgedFinding, JudgedReport } from './judged-report.ts';
import type { Suppressions } from './suppressions.ts';

/** Marks what is new and what is accepted. Nothing is ever taken out. */
export function judgeReport(
  report: AuditReport,
  baseline: Baseline | undefined,
  suppressions: Suppressions | undefined,
): JudgedReport {
  const known = baseline?.of(report.target);
  const findings = report.findings.map((finding): JudgedFinding => {
    const accepted = suppressions?.of(finding, report.target);
    return {
      ...finding,
      fingerprint: fingerprintOf(finding, report.target),
      ...(baseline === undefined ? {} : { baseline: ageOf(finding, known) }),
      ...(accepted === undefined ? {} : { accepted }),
    };
  });
  const gone = goneFrom(report, known);
  return { ...report, findings, ...(gone.length === 0 ? {} : { gone }) };
}

/** It asks for somebody's attention: not accepted, and not known before. */
export function counts({ accepted, baseline }: Pick<JudgedFinding, 'accepted' | 'baseline'>): boolean {
  return accepted === undefined && baseline !== 'known';
}
