import { z } from 'zod';
import type { AuditReport } from '../model/audit-report.ts';
import { Axis } from '../model/severity.ts';
import { placesOf } from './finding-identity.ts';
import type { JudgedFinding } from './judged-report.ts';

/** What was known of one target: its rules, with the places of the evidence. One line of a baseline file. */
export const BaselineLine = z.object({
  target: z.string(),
  known: z.record(z.string(), z.array(z.string())),
});
export type BaselineLine = z.infer<typeof BaselineLine>;

/** The least of a report that a baseline can be made of: also reports of earlier versions have it. */
export const EarlierReport = z.object({
  target: z.string(),
  findings: z.array(
    z.object({
      rule: z.string(),
      axis: z.enum(['exposed', 'infected', 'leaking', 'vulnerable', 'misconfigured']),
      evidence: z.array(z.object({ event: z.string(), field: z.string(), excerpt: z.string() })),
    }),
  ),
});
export type EarlierReport = z.infer<typeof EarlierReport>;

export function baselineLine({ target, findings }: EarlierReport): BaselineLine {
  const known: Record<string, string[]> = {};
  for (const finding of findings) {
    known[finding.rule] = [...new Set([...(known[finding.rule] ?? []), ...placesOf(finding)])];
  }
  return { target, known };
}

/** What was known before. 72,000 servers fit: a target costs the length of its line, and is read when it is asked for. */
export interface Baseline {
  readonly size: number;
  add(line: BaselineLine): void;
  /** Undefined for a server that the baseline does not hold: all of it is new. */
  of(target: string): BaselineLine['known'] | undefined;
}

export function createBaseline(): Baseline {
  const lines = new Map<string, string>();
  return {
    get size() {
      return lines.size;
    },
    add: ({ target, known }) => void lines.set(target, JSON.stringify(known)),
    of: (target) => {
      const line = lines.get(target);
      return line === undefined ? undefined : BaselineLine.shape.known.parse(JSON.parse(line));
    },
  };
}

/** New is a rule that did not hold before, or one that now holds in a place where it did not. */
export function ageOf(
  finding: Pick<JudgedFinding, 'rule' | 'axis' | 'evidence'>,
  known: BaselineLine['known'] | undefined,
): 'new' | 'known' {
  const places = known?.[finding.rule];
  if (places === undefined) return 'new';
  const before = new Set(places);
  return placesOf(finding).every((place) => before.has(place)) ? 'known' : 'new';
}

/** Not tested for want of sight; a question that does not arise at this server hides nothing. */
function isHidden({ result, moot }: AuditReport['checks'][number]): boolean {
  return result === 'not-tested' && moot !== true;
}

/** Rules that held before and do not now. What could not be tested this time is not gone. */
export function goneFrom(report: AuditReport, known: BaselineLine['known'] | undefined): string[] {
  if (known === undefined || report.outcome !== 'audited') return [];
  const now = new Set(report.findings.map(({ rule }) => rule));
  // Not every rule bears the name of its check: of the others any untested check of the axis may be the one.
  const unseen = (rule: string): boolean => {
    const own = report.checks.find(({ id }) => id === rule);
    if (own !== undefined) return own.result === 'not-tested';
    const axis = Axis.safeParse(/^audit\.([a-z]+)\./.exec(rule.slice(0, 40))?.[1]).data ?? 'infected';
    return (
      report.axes[axis].answer === 'not-visible' ||
      report.checks.some((check) => check.axis === axis && isHidden(check))
    );
  };
  return Object.keys(known).filter((rule) => !now.has(rule) && !unseen(rule));
}
