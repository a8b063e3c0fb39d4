import type { Act } from '../model/act.ts';
import type { ActFields } from './act-fields.ts';
import { actFields } from './act-fields.ts';
import type { ClauseEvidence, CompiledClause } from './compile-clause.ts';
import type { LoadedRule } from './loaded-rule.ts';
import type { Rule } from './rule.ts';

export interface RuleMatch {
  readonly rule: Rule;
  readonly evidence: readonly ClauseEvidence[];
}

/** Rules that one act decides. */
export interface RuleMatcher {
  match(act: Act): readonly RuleMatch[];
  matchFields(fields: ActFields): readonly RuleMatch[];
}

export function createRuleMatcher(rules: readonly LoadedRule[]): RuleMatcher {
  const byAct = new Map<string, { rule: Rule; clause: CompiledClause }[]>();
  for (const loaded of rules) {
    if (loaded.form !== 'any') continue;
    for (const clause of loaded.clauses) {
      const list = byAct.get(clause.act) ?? [];
      list.push({ rule: loaded.rule, clause });
      byAct.set(clause.act, list);
    }
  }
  const matchFields = (fields: ActFields): readonly RuleMatch[] => {
    const found: RuleMatch[] = [];
    for (const { rule, clause } of byAct.get(fields.act.type) ?? []) {
      if (found.some((one) => one.rule === rule)) continue;
      const evidence = clause.test(fields);
      if (evidence !== undefined) found.push({ rule, evidence });
    }
    return found;
  };
  return { match: (act) => matchFields(actFields(act)), matchFields };
}
