import type { AuditTarget } from './target.ts';

/** The servers that a target stands for. */
export interface Expansion {
  /** In the order they are to be audited; each still has to be judged by the scope. */
  readonly targets: readonly AuditTarget[];
  /** Why there may be more than these; safe to print. */
  readonly fault?: string;
}
