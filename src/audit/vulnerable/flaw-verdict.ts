import type { Severity } from '../../model/severity.ts';
import type { Vulnerability } from './vulnerability-data.ts';

/**
 * `reachable`: it has the flaw, and who has access can use it. `denied`: it has the flaw, the command is out of reach.
 * `not-met`: it has the flaw, but not what the flaw needs. `version-only`: by its number it has the flaw; something
 * that decides is not visible. `fixed-by-package`: by its number it would, its package fixed it.
 */
export type FlawVerdictKind =
  | 'reachable'
  | 'version-only'
  | 'denied'
  | 'not-met'
  | 'fixed-by-package'
  | 'not-affected';

export interface FlawVerdict {
  /** `CVE-2025-49844`, or the name of an advisory that got no number. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly verdict: FlawVerdictKind;
  /** Safe to print. */
  readonly because: string;
  /** The question that told. */
  readonly from: string;
  /** What an attacker needs: `none`, `any-user`, ... and words of the glossary. */
  readonly auth: string;
  readonly needs: readonly string[];
  readonly vulnerability?: Vulnerability;
  /** Nothing but sight is missing for a decision; not so for what is disputed or unknown to the vendor. */
  readonly hidden?: boolean;
  /** The data says so only as a possibility: it is disputed, or nobody names a fixed release. */
  readonly doubtful?: boolean;
}
