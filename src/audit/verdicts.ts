import type { AuditReport, AxisVerdict } from '../model/audit-report.ts';
import type { Axis } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';
import type { AuditView, Check, CheckResult, FindingDraft } from './check.ts';
import { exposureOf } from './exposure.ts';
import { infectedVerdict } from './infection/infected-verdict.ts';

export interface Judged {
  readonly check: Check;
  readonly result: CheckResult;
}

/** Five answers. "Yes" needs a finding that decides; "no" needs that nothing essential stayed hidden. */
export function verdicts(view: AuditView, judged: readonly Judged[]): AuditReport['axes'] {
  const of = (axis: Axis): AxisVerdict => {
    const deciding: FindingDraft[] = [];
    const hidden: string[] = [];
    for (const { check, result } of judged) {
      if (check.axis !== axis) continue;
      for (const finding of result.findings) if (decides(finding)) deciding.push(finding);
      if (result.unseen !== undefined) hidden.push(...result.unseen);
    }
    if (deciding.length > 0) return { answer: 'yes', because: summary(deciding) };
    if (hidden.length > 0) return { answer: 'not-visible', because: `Not visible: ${byReason(hidden)}.` };
    return otherwise(axis, view);
  };
  return {
    exposed: of('exposed'),
    infected: infectedVerdict(view),
    leaking: of('leaking'),
    vulnerable: of('vulnerable'),
    misconfigured: of('misconfigured'),
  };
}

const MOST_NAMED = 3;

/** One refusal hides much: what it hides stands together, and its words once. */
function byReason(hidden: readonly string[]): string {
  const groups = Map.groupBy(hidden, (text) => {
    const colon = text.indexOf(': ');
    return colon < 0 ? '' : text.slice(colon);
  });
  return [...groups]
    .map(([why, texts]) => {
      const what = texts.map((text) => text.slice(0, text.length - why.length));
      const more = what.length > MOST_NAMED ? ` and ${what.length - MOST_NAMED} more` : '';
      return `${what.slice(0, MOST_NAMED).join(', ')}${more}${why}`;
    })
    .join('; ');
}

export function decides({ severity, decides: told }: FindingDraft): boolean {
  return told ?? severity !== 'info';
}

function summary(findings: readonly FindingDraft[]): string {
  const [worst] = findings.toSorted(
    (left, right) => severityRank(right.severity) - severityRank(left.severity),
  );
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${worst?.title ?? ''}${more}.`;
}

function otherwise(axis: Axis, view: AuditView): AxisVerdict {
  const { facts, walk } = view;
  switch (axis) {
    case 'exposed':
      return { answer: 'no', because: lockedHow(view) };
    case 'leaking':
      if (facts.info === undefined || (walk.total > 0 && walk.read === 0)) {
        return {
          answer: 'not-visible',
          because:
            facts.subject.kind === 'server' || facts.info !== undefined
              ? 'None of its values could be read.'
              : 'No dump was given.',
        };
      }
      if (!walk.finished || walk.closed + walk.left + walk.refused > 0) {
        return {
          answer: 'not-visible',
          because: `No secret among the ${walk.read} values that were read, but a part of the data was not looked at.`,
        };
      }
      return {
        answer: 'no',
        because:
          walk.total === 0
            ? 'It holds no keys.'
            : `No secret and no store of personal data among ${walk.read} values of ${walk.total} keys.`,
      };
    case 'vulnerable':
      return {
        answer: 'no',
        because: `No known flaw of ${facts.engine?.name ?? 'it'} ${facts.engine?.version ?? ''} can be reached.`,
      };
    case 'misconfigured':
      // A Sentinel tells none, and no check asks it for them.
      if (facts.settings === undefined)
        return { answer: 'not-visible', because: 'Its settings are not visible.' };
      return { answer: 'no', because: 'The settings that matter are as they should be.' };
    case 'infected':
      return infectedVerdict(view);
  }
}

function lockedHow({ facts }: AuditView): string {
  const { noPassword, boundBeyond } = exposureOf(facts);
  if (noPassword !== true) {
    return facts.subject.kind === 'server'
      ? 'Reachable, but locked: it asks for a password.'
      : 'It asks for a password.';
  }
  return boundBeyond === true
    ? 'It has no password, but protected mode turns away everybody who does not come over loopback.'
    : 'It has no password, but listens on loopback only.';
}
