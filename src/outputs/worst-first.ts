import type { JudgedReport } from '../analysis/judged-report.ts';
import { Rung } from '../model/audit-report.ts';
import { severityRank } from '../model/severity.ts';

/** Keeps the `limit` heaviest of any number of things, in memory for a quarter more. */
export interface WorstFirst<T> {
  /** What has no place among the heaviest is not even built. */
  offer(weight: number, build: () => T): void;
  /** How many were offered, kept or not. */
  readonly offered: number;
  list(): T[];
}

export function createWorstFirst<T>(limit: number): WorstFirst<T> {
  let kept: { readonly weight: number; readonly at: number; readonly item: T }[] = [];
  let offered = 0;
  let least = -Infinity;
  const shrink = (): void => {
    kept = kept.toSorted((a, b) => b.weight - a.weight || a.at - b.at).slice(0, limit);
    if (kept.length === limit) least = kept.at(-1)?.weight ?? least;
  };
  return {
    get offered() {
      return offered;
    },
    offer: (weight, build) => {
      offered++;
      if (weight <= least) return;
      kept.push({ weight, at: offered, item: build() });
      if (kept.length > limit * 1.25 + 16) shrink();
    },
    list: () => {
      shrink();
      return kept.map(({ item }) => item);
    },
  };
}

/** The heavier a report, the sooner somebody should look at it: the ladder first, then the worst finding that counts. */
export function weightOf({ rung, findings, axes }: JudgedReport): number {
  const worst = findings.reduce(
    (most, { severity, accepted }) =>
      accepted === undefined ? Math.max(most, severityRank(severity)) : most,
    -1,
  );
  const ladder = Rung.options.indexOf(rung) + (axes.infected.answer === 'yes' ? 10 : 0);
  return ladder * 10 + worst + 1;
}
