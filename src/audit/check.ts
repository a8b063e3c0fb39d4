import type { CampaignSign, NamedCampaign } from '../detect/campaigns.ts';
import type { AuditDepth } from '../model/audit-report.ts';
import type { Evidence } from '../model/finding.ts';
import type { Axis, Severity, Stage } from '../model/severity.ts';
import type { LearntGround } from './infection/learnt-ground.ts';
import type { RuleHit } from './infection/rule-hits.ts';
import type { LeakGroup } from './leaks/collect-leaks.ts';
import type { ServerFacts } from './server-facts.ts';
import type { VulnerabilityData } from './vulnerable/vulnerability-data.ts';
import type { KeyPlace, Walk } from './walk/walk-data.ts';

/** All that was gathered about one server; checks judge it and ask nothing further. */
export interface AuditView {
  readonly facts: ServerFacts;
  readonly depth: AuditDepth;
  readonly walk: Walk;
  readonly ruleHits: readonly RuleHit[];
  readonly learnt: readonly LearntGround[];
  readonly signs: readonly CampaignSign[];
  readonly campaigns: readonly NamedCampaign[];
  /** Keys that exist under a name of a known campaign. */
  readonly campaignKeys: readonly KeyPlace[];
  readonly leaks: readonly LeakGroup[];
  readonly certificatesWithKey: readonly string[];
  readonly vulnerabilities: VulnerabilityData;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** A finding before it has a server and a time. All texts are safe to print. */
export interface FindingDraft {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly stage: Stage;
  readonly attack: readonly string[];
  readonly why: string;
  /** What to do, in order; one line a step. */
  readonly advice: string;
  readonly evidence: readonly Evidence[];
  /** False when it does not make the answer of its axis "yes". */
  readonly decides?: boolean;
}

export interface CheckResult {
  readonly findings: readonly FindingDraft[];
  /** What the check could not see, and why: it goes to `notTested`, and keeps the axis from saying "no". */
  readonly unseen?: readonly string[];
  /** It was not run: it needs to look deeper than was asked for. What it would have seen is in `unseen`. */
  readonly tooDeep?: { readonly needs: AuditDepth; readonly asked: AuditDepth };
  /** Why the question does not arise here (no ACLs before Redis 6): it goes to the checks as not tested, and hides nothing. */
  readonly moot?: string;
  /** What the operator should know beside: it goes to `notTested` and changes no answer. */
  readonly remarks?: readonly string[];
}

/** One question about a server. checks.ts lists them all. */
export interface Check {
  /** `audit.AXIS.NAME`, stable. */
  readonly id: string;
  readonly axis: Axis;
  /** The good state, as a statement: "The default user needs a password". */
  readonly title: string;
  /** What it judges by, for the documentation: `CONFIG GET bind`, `redis.conf bind`. */
  readonly reads: readonly string[];
  /** The least depth that gathers this; less deep audits report it as not tested. */
  readonly depth: AuditDepth;
  readonly run: (view: AuditView) => CheckResult;
}

export const NO_FINDINGS: CheckResult = { findings: [] };

/** A setting as evidence. */
export function settingEvidence(name: string, value: string): Evidence {
  return { event: `CONFIG GET ${name}`, field: 'value', excerpt: value.slice(0, 200) };
}
