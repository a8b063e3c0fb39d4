import type { Parameters, QueryLimits, Row } from './store-engine.ts';

/** What the process that has the store open is told first. */
export interface StoreTask {
  /** Folder of the store, of the journal, and the index of places. */
  readonly store: string;
  readonly data: string;
  /** Days that are kept; 0 keeps all. */
  readonly days: number;
  /** Bytes on disk. */
  readonly budget: number;
}

export type ToStore =
  | { readonly kind: 'open'; readonly task: StoreTask }
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly sql: string;
      readonly parameters: Parameters;
      readonly limits: QueryLimits;
    };

export type FromStore =
  | { readonly kind: 'events'; readonly events: number; readonly caughtUp: boolean }
  | { readonly kind: 'told'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly remedy: string }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: readonly Row[] }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string; readonly remedy: string };
