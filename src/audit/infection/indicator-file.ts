import type { Indicator } from '../../model/indicator.ts';

/** What is wrong with a file of indicators, and what to do. */
export interface IndicatorFault {
  /** From 1; absent when it is about the whole file. */
  readonly line?: number;
  readonly message: string;
}

export type ReadIndicators =
  | {
      readonly indicators: readonly Indicator[] /** Entries of kinds we do not look for. */;
      readonly skipped: number;
    }
  | IndicatorFault;

/** Characters of a file; about 200,000 indicators. */
export const LONGEST_INDICATOR_FILE = 67_108_864;
export const MOST_INDICATORS = 200_000;
