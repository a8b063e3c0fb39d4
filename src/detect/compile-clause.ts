import type { ActType } from '../model/act.ts';
import { Act } from '../model/act.ts';
import { printable } from '../model/printable.ts';
import type { ActFields } from './act-fields.ts';
import type { Found } from './act-text.ts';
import { compileCondition } from './compile-condition.ts';
import type { PatternBook } from './patterns.ts';
import type { Clause } from './rule.ts';
import { WEB_FIELDS } from './web-fields.ts';

/** The part of an act that a clause rests on. */
export interface ClauseEvidence {
  readonly field: string;
  /** Printable, around the place that matched. */
  readonly excerpt: string;
}

export interface CompiledClause {
  readonly act: ActType;
  /** Evidence when it holds, one piece a field; undefined when it does not. */
  test(fields: ActFields): readonly ClauseEvidence[] | undefined;
}

/** Throws an Error with a reason when the clause names a field the act has not, or a condition cannot be compiled. */
export function compileClause(clause: Clause, book: PatternBook): CompiledClause {
  const known = fieldsOf(clause.act);
  const tests = Object.entries(clause.where).map(([name, condition]) => {
    if (!known.has(name.split('.')[0] ?? '')) {
      throw new Error(`${clause.act} has no field '${name}'; it has ${[...known].toSorted().join(', ')}`);
    }
    return { name, test: compileCondition(condition, book) };
  });
  return {
    act: clause.act,
    test: (fields) => {
      const evidence: ClauseEvidence[] = [];
      for (const { name, test } of tests) {
        const held = firstHeld(fields.values(name), test);
        if (held === undefined) return undefined;
        evidence.push({ field: name, excerpt: excerpt(held.value, held.found) });
      }
      return evidence.length > 0 ? evidence : [{ field: 'type', excerpt: clause.act }];
    },
  };
}

/** The first clause that cannot be compiled, and why. */
export function brokenClause(
  clauses: readonly Clause[],
  book: PatternBook,
): { readonly index: number; readonly why: string } | undefined {
  for (const [index, clause] of clauses.entries()) {
    try {
      compileClause(clause, book);
    } catch (error) {
      return { index, why: error instanceof Error ? error.message : String(error) };
    }
  }
  return undefined;
}

function firstHeld<T>(
  values: readonly T[],
  test: (value: T) => Found | undefined,
): { value: T; found: Found } | undefined {
  for (const value of values) {
    const found = test(value);
    if (found !== undefined) return { value, found };
  }
  return undefined;
}

const EXCERPT = 120;
const BEFORE = 24;

function excerpt(value: unknown, found: Found): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const from = Math.max(0, found.at - BEFORE);
  const shown = printable(found.layer.text.slice(from, from + EXCERPT), EXCERPT);
  return from > 0 ? `…${shown}` : shown;
}

function fieldsOf(type: ActType): ReadonlySet<string> {
  const schema = Act.options.find((option) => option.shape.type.value === type);
  const own = Object.keys(schema?.shape ?? {}).filter((name) => name !== 'type' && name !== 'cut');
  return new Set(type === 'http.request' ? [...own, ...WEB_FIELDS] : own);
}
