import type { Finding } from '../model/finding.ts';
import { severityRank } from '../model/severity.ts';
import type { RuleView } from './answers.ts';
import { findingView } from './finding-view.ts';
import type { Listing } from './list-page.ts';

/** The rules that held, as their findings tell them: the dashboard is handed no rule files. */
export function ruleViews(findings: readonly Finding[]): RuleView[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group) group.push(finding);
    else groups.set(finding.rule, [finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const last = group.at(-1);
    if (last === undefined) return [];
    const { rule, title, severity, stage, attack, why, advice } = findingView(last);
    const times = group.map(({ time }) => time);
    return {
      rule,
      title,
      severity,
      stage,
      attack,
      why,
      advice,
      findings: group.length,
      sources: new Set(group.map(({ peer }) => peer.address)).size,
      firstSeen: times.reduce((a, b) => Math.min(a, b)),
      lastSeen: times.reduce((a, b) => Math.max(a, b)),
    };
  });
}

export const ruleListing: Listing<RuleView, RuleView> = {
  texts: ({ rule, title, attack, why }) => [rule, title, why, ...attack],
  severity: ({ severity }) => severity,
  time: ({ lastSeen }) => lastSeen,
  passes: ({ rule, attack }, query) =>
    (query.rule === undefined || rule === query.rule) &&
    (query.technique === undefined || attack.includes(query.technique)),
  orders: {
    first: ({ firstSeen }) => firstSeen,
    severity: ({ severity }) => severityRank(severity),
    count: ({ findings }) => findings,
    name: ({ title }) => title,
  },
  view: (rule) => rule,
};
