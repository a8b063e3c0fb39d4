import type { Stage } from '../../../src/model/severity.ts';

const STAGES: readonly Stage[] = [
  'reconnaissance',
  'access',
  'tampering',
  'execution',
  'persistence',
  'impact',
];

/** How far an attack came, as steps on a ladder and in a word. */
export function StageSteps({
  stage,
  named = true,
}: {
  readonly stage: Stage | undefined;
  readonly named?: boolean;
}) {
  if (stage === undefined) return <span class="dim">–</span>;
  const reached = STAGES.indexOf(stage);
  return (
    <span class="stage" title={`Stage: ${stage} (${reached + 1} of ${STAGES.length})`}>
      <svg class={`steps steps-${stage}`} viewBox="0 0 35 8" aria-hidden="true">
        {STAGES.map((one, at) => (
          <rect
            key={one}
            class={at <= reached ? 'on' : 'off'}
            x={at * 6}
            y="1"
            width="4.6"
            height="6"
            rx="1"
          />
        ))}
      </svg>
      {named ? <span>{stage}</span> : <span class="hidden-text">{stage}</span>}
    </span>
  );
}
