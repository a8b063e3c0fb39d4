import type { CompiledClause } from './compile-clause.ts';
import { compileClause } from './compile-clause.ts';
import type { PatternBook } from './patterns.ts';
import type { Rule } from './rule.ts';

/** A rule that has been read, checked and made ready. */
export interface LoadedRule {
  readonly rule: Rule;
  readonly form: 'any' | 'steps' | 'rate';
  readonly clauses: readonly CompiledClause[];
  /** Milliseconds within which steps or rate have to come; 0 for `any`. */
  readonly within: number;
  /** Acts that satisfy the clause of a rate. */
  readonly count: number;
}

/** Throws an Error with a reason when a clause cannot be compiled; ask `brokenClause` first. */
export function makeReady(rule: Rule, book: PatternBook): LoadedRule {
  const form = rule.any !== undefined ? 'any' : rule.steps !== undefined ? 'steps' : 'rate';
  const clauses = rule.any ?? rule.steps ?? (rule.rate === undefined ? [] : [rule.rate]);
  return {
    rule,
    form,
    clauses: clauses.map((clause) => compileClause(clause, book)),
    within: rule.within ?? 0,
    count: rule.rate?.count ?? 1,
  };
}
