import type { JudgedReport } from '../analysis/judged-report.ts';
import type { AuditDepth } from '../model/audit-report.ts';
import type { Axis } from '../model/severity.ts';
import type { Style } from './style.ts';

/** What an output tells of a check. */
export interface CheckInfo {
  readonly id: string;
  readonly axis: Axis;
  readonly title: string;
  readonly reads: readonly string[];
  readonly depth: AuditDepth;
}

export interface FormatContext {
  readonly version: string;
  readonly checks: readonly CheckInfo[];
  /** When the run began, milliseconds since 1970 UTC. */
  readonly started: number;
  readonly style: Style;
  /** Columns of the terminal; 0 where lines may be as long as they like. */
  readonly width: number;
  /** All of what was not tested, why, and advice under each finding. */
  readonly verbose: boolean;
}

/**
 * Reports in, text out. What can be written as reports come is returned by `add`; formats that need them all keep no
 * more than they will write, worst first.
 */
export interface ReportFormat {
  begin(): string;
  add(report: JudgedReport): string;
  end(): string;
}
