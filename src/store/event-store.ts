import type { Parameters, QueryLimits, Row } from './store-engine.ts';

/** The store as those see it who ask. */
export interface EventStore {
  /** @throws StoreError, also while it is not open. */
  query(sql: string, parameters?: Parameters, limits?: QueryLimits): Promise<readonly Row[]>;
  status(): StoreStatus;
}

export interface StoreStatus {
  readonly open: boolean;
  /** Events in it. */
  readonly events: number;
  /** It has all that the journal has. */
  readonly caughtUp: boolean;
  /** Why it does not answer, with what to do. */
  readonly trouble?: string;
}
