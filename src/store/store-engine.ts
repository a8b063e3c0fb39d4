/** A row of an answer. Numbers above 2^53 and times come as text. */
export type Row = Readonly<Record<string, unknown>>;
/** Bound on the engine's side, as `{name:Type}` in the SQL: never part of its text. */
export type Parameters = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/**
 * A ClickHouse, within this process or elsewhere. The same SQL runs on both; whatever either of them changes costs one
 * file.
 */
export interface StoreEngine {
  /** Rows as JSON, one object a line. Kept whole or not at all, unless they are of several days. */
  insert(table: string, lines: Buffer): Promise<void>;
  /** @throws StoreError */
  query(sql: string, parameters?: Parameters, limits?: QueryLimits): Promise<readonly Row[]>;
  /** A statement without an answer. @throws StoreError */
  command(sql: string): Promise<void>;
  close(): Promise<void>;
}

export interface QueryLimits {
  /** Seconds after which the engine stops by itself. */
  readonly seconds: number;
  readonly bytes: number;
}

/** What one look at the dashboard may cost. */
export const DASHBOARD_LIMITS: QueryLimits = { seconds: 10, bytes: 1_500_000_000 };

/** What went wrong in the store, in words for the operator, and what to do. */
export class StoreError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
