import type { FindingView, SessionView } from '../../../src/serve/answers.ts';
import { timeline } from '../state/timeline.ts';
import { useSessionEvents } from '../state/use-session-events.ts';
import { plural } from '../state/words.ts';
import { FindingCard } from './finding-card.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';
import { TimelineStep } from './timeline-step.tsx';

interface TimelineProps {
  readonly session: SessionView;
  readonly findings: readonly FindingView[];
}

/** What was sent, step by step, with each finding beside the step that completed it. */
export function Timeline({ session, findings }: TimelineProps) {
  const { events, more, damaged, loaded, error, showMore } = useSessionEvents(session.id);
  const steps = timeline(events, findings);
  const placed = new Set(steps.flatMap((step) => step.findings));
  // Only once everything is here is it clear that a finding has no step.
  const homeless = loaded && !more ? findings.filter((finding) => !placed.has(finding)) : [];
  return (
    <Panel title="Timeline" class="timeline-panel">
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {!loaded && <Note>Reading the journal…</Note>}
      {damaged > 0 && (
        <Note tone="bad">{`${plural(damaged, 'line')} of the journal could not be read.`}</Note>
      )}
      <ol class="timeline" aria-label="Timeline">
        {steps.map((step) => (
          <TimelineStep key={step.event.id} step={step} opened={session.opened} />
        ))}
      </ol>
      {homeless.map((finding) => (
        <FindingCard key={finding.id} finding={finding} />
      ))}
      {more && (
        <p class="more">
          <button type="button" onClick={showMore}>
            Show more
          </button>
        </p>
      )}
    </Panel>
  );
}
