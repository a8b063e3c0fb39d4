import type { AuditReport } from '../model/audit-report.ts';
import type { Finding } from '../model/finding.ts';

/** A risk that somebody answers for: why, until when, who. */
export interface Acceptance {
  readonly reason: string;
  /** The last day it holds, `2027-01-31`. */
  readonly expires: string;
  readonly by: string;
}

/** A finding with what this run knows of it beside. */
export interface JudgedFinding extends Finding {
  /** The same for the same rule and target in every run: 32 hex digits. */
  fingerprint: string;
  /** Only where there is a baseline. */
  baseline?: 'new' | 'known';
  /** It stays in every output, and counts for nothing. */
  accepted?: Acceptance;
}

export interface JudgedReport extends AuditReport {
  findings: JudgedFinding[];
  /** Rules that held at the time of the baseline and do so no more. */
  gone?: string[];
}
