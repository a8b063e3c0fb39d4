import type { EventView } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { openOnClick } from '../state/rows.ts';
import { EventText } from './event-text.tsx';
import { SourceLink } from './source-link.tsx';
import { TimeText } from './time-text.tsx';

/** One event in a feed. */
export function EventRow({ event }: { readonly event: EventView }) {
  return (
    <li class="row event-row" data-row tabIndex={-1} onClick={openOnClick}>
      <a class="row-time" data-open href={href(['sessions', event.session], { event: event.id })}>
        <TimeText at={event.time} />
      </a>
      <SourceLink address={event.peer.address} port={event.peer.port} />
      <EventText event={event} />
    </li>
  );
}
