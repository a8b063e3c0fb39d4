import type { ListAnswer, RuleView } from '../../../src/serve/answers.ts';
import { useAnswer } from '../state/use-answer.ts';
import { plural } from '../state/words.ts';
import { Advice } from './advice.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { StageSteps } from './stage-steps.tsx';
import { TechniqueLinks } from './technique-links.tsx';

/** What one rule is about, above its findings. */
export function RuleLead({ rule }: { readonly rule: string }) {
  const { data } = useAnswer<ListAnswer<RuleView>>(`api/rules?rule=${encodeURIComponent(rule)}`);
  const found = data?.items[0];
  if (found === undefined) return null;
  const { title, severity, stage, attack, why, advice, findings, sources } = found;
  return (
    <section class="panel rule-lead" aria-label={`Rule ${rule}`}>
      <h2>
        <SeverityMark severity={severity} /> {title}
      </h2>
      <p class="rule-marks">
        <StageSteps stage={stage} /> <TechniqueLinks techniques={attack} />
        <span class="dim">
          {plural(findings, 'finding')} from {plural(sources, 'source')}
        </span>
      </p>
      <p>
        <b>Why</b> {why}
      </p>
      <Advice steps={advice} />
    </section>
  );
}
