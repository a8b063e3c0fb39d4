import type { Severity } from '../../../src/model/severity.ts';

/** Severities, the worst first. */
export const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export function worstFirst<T extends { readonly severity: Severity }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
}
