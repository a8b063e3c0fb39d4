import type { PeriodReport } from '../../analysis/period-report.ts';

/** What the campaigns of the span did to one another, one line each: what both sides tell is there once. */
export function mergeLines({ campaigns }: PeriodReport): string[] {
  const listed = new Set(campaigns.map(({ id }) => id));
  return campaigns.flatMap(({ title, changes }) =>
    changes
      .filter(({ what, other }) => what !== 'came from' || !listed.has(other))
      .map(({ what, other, sessions }) =>
        what === 'came from'
          ? `${title} has ${counted(sessions)} of ${other}`
          : `${title} ${what} ${other} (${counted(sessions)})`,
      ),
  );
}

function counted(sessions: number): string {
  return sessions === 1 ? '1 session' : `${sessions} sessions`;
}
