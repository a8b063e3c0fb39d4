import type { Finding } from '../../../src/model/finding.ts';
import { href } from '../state/route.ts';
import { SeverityMark } from './severity-mark.tsx';
import { StageSteps } from './stage-steps.tsx';
import { TechniqueLinks } from './technique-links.tsx';

/** A finding in full: what, how bad, why, and what to do. */
export function FindingCard({ finding }: { readonly finding: Finding }) {
  const { severity, title, rule, stage, attack, why, advice } = finding;
  return (
    <article class={`finding finding-${severity}`}>
      <h3>
        <SeverityMark severity={severity} />
        <a href={href(['findings'], { rule })} title="All findings of this rule">
          {title}
        </a>
      </h3>
      <p class="finding-marks">
        <StageSteps stage={stage} />
        <TechniqueLinks techniques={attack} />
      </p>
      <p>
        <b>Why</b> {why}
      </p>
      <p>
        <b>Advice</b> {advice}
      </p>
    </article>
  );
}
