import type { FindingView } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { Advice } from './advice.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { StageSteps } from './stage-steps.tsx';
import { TechniqueLinks } from './technique-links.tsx';

/** A finding in full: what, how bad, why, and what to do; folded while it is of little weight. */
export function FindingCard({ finding }: { readonly finding: FindingView }) {
  const { severity, title, rule, stage, attack, why, advice } = finding;
  return (
    <details class={`finding finding-${severity}`} open={severity !== 'info' && severity !== 'low'}>
      <summary>
        <SeverityMark severity={severity} />
        <h3>{title}</h3>
        <span class="finding-marks">
          <StageSteps stage={stage} />
          <TechniqueLinks techniques={attack} />
          <a class="small-id dim" href={href(['findings'], { rule })} title="All findings of this rule">
            {rule}
          </a>
        </span>
      </summary>
      <p>
        <b>Why</b> {why}
      </p>
      <Advice steps={advice} />
    </details>
  );
}
