import type { Check, FindingDraft } from '../../check.ts';
import type { RuleHit } from '../../infection/rule-hits.ts';

/** Reads: every value, setting, module, master and counter that was found, through the same rules as the sensors. */
export const infectedByRules: Check = {
  id: 'audit.infected.rules',
  axis: 'infected',
  title: 'No trace of an attack that the rules know',
  reads: ['SCAN', 'GETRANGE and the like', 'CONFIG GET', 'INFO', 'MODULE LIST'],
  depth: 'L1',
  run: ({ ruleHits }) => ({
    findings: ruleHits.filter(({ rule }) => rule.axis === 'infected').map(findingOf),
  }),
};

function findingOf({ rule, evidence, grounds, count }: RuleHit): FindingDraft {
  const { id, title, severity, stage, attack, why, advice } = rule;
  const strong = grounds.some((ground) => ground.strong);
  const told = strong
    ? why
    : `${why} Here it was found where honest use leaves the same trace, so it is only a reason to look twice.`;
  return {
    rule: id,
    title,
    severity: strong || severity === 'info' ? severity : 'low',
    stage,
    attack,
    why: count > 1 ? `${told} Found ${count} times.` : told,
    advice,
    evidence,
    decides: strong,
  };
}
