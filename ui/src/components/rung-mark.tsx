import type { Outcome, Rung } from '../../../src/model/audit-report.ts';

interface RungMarkProps {
  readonly rung: Rung;
  readonly before?: Rung | undefined;
  readonly outcome: Outcome;
}

const TONE = {
  unknown: 'info',
  closed: 'low',
  exposed: 'medium',
  attacked: 'high',
  tampered: 'critical',
  executed: 'critical',
} as const;

/** How far an attack came with a server, and what it was before. */
export function RungMark({ rung, before, outcome }: RungMarkProps) {
  return (
    <>
      <span class={`severity severity-${TONE[rung]}`}>{rung}</span>
      {before !== undefined && <span class="dim">{` was ${before}`}</span>}
      {outcome !== 'audited' && <span class="dim">{` ${outcome}`}</span>}
    </>
  );
}
