import { useEffect, useRef } from 'preact/hooks';
import { route } from '../state/route.ts';
import type { Step } from '../state/timeline.ts';
import { durationText, utcTime } from '../state/words.ts';
import { CutNote } from './cut-note.tsx';
import { EventText } from './event-text.tsx';
import { FindingCard } from './finding-card.tsx';

/** Longer arguments are folded. */
const FOLD = 400;

export function TimelineStep({ step, opened }: { readonly step: Step; readonly opened: number }) {
  const { event, meant, findings } = step;
  const item = useRef<HTMLLIElement>(null);
  const wanted = route.value.query['event'];
  const chosen = wanted !== undefined && [event, ...meant].some(({ id }) => id === wanted);
  useEffect(() => {
    if (!chosen) return;
    item.current?.scrollIntoView({ block: 'center' });
    item.current?.focus({ preventScroll: true });
  }, [chosen]);
  return (
    <li
      ref={item}
      data-row
      tabIndex={-1}
      aria-current={chosen ? 'true' : undefined}
      class={findings.length > 0 ? 'step step-found' : 'step'}
    >
      <time
        class="offset"
        title={utcTime(event.time)}
      >{`+${durationText(Math.max(0, event.time - opened))}`}</time>
      <div class="said">
        <EventText event={event} fold={FOLD} />
        {event.outcome === 'ok' && <span class="good">ok</span>}
        <CutNote event={event} />
        {meant.map((one) => (
          <div class="meant" key={one.id}>
            <EventText event={one} fold={FOLD} />
          </div>
        ))}
      </div>
      {findings.length > 0 && (
        <div class="found">
          {findings.map((finding) => (
            <FindingCard key={finding.id} finding={finding} />
          ))}
        </div>
      )}
    </li>
  );
}
