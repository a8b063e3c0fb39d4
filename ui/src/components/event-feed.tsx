import { liveEvents, paused, skipped } from '../state/live.ts';
import { href } from '../state/route.ts';
import { countText } from '../state/words.ts';
import { EventRow } from './event-row.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';

const SHOWN = 40;

/** What visitors do, as they do it; what a command meant is shown in its session only. */
export function EventFeed() {
  const events = liveEvents.value.filter(({ derived }) => !derived).slice(0, SHOWN);
  return (
    <Panel title="Live" href={href(['events'])} class="feed live-feed" side={<PauseButton />}>
      {events.length === 0 && <Note>Silence so far.</Note>}
      <ul class="rows" aria-label="Live events">
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
      {skipped.value > 0 && (
        <p class="dim feed-foot">{`${countText(skipped.value)} more came too fast to be listed; all are in the journal.`}</p>
      )}
    </Panel>
  );
}

function PauseButton() {
  return (
    <button
      type="button"
      class="small"
      aria-pressed={paused.value}
      title="Pause or resume (p)"
      onClick={() => (paused.value = !paused.value)}
    >
      {paused.value ? 'Resume' : 'Pause'}
    </button>
  );
}
