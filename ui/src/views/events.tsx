import type { EventView } from '../../../src/serve/answers.ts';
import type { TableColumn } from '../components/data-table.tsx';
import { EventText } from '../components/event-text.tsx';
import { ListView } from '../components/list-view.tsx';
import { SourceLink } from '../components/source-link.tsx';
import { TimeText } from '../components/time-text.tsx';
import { href } from '../state/route.ts';

const COLUMNS: readonly TableColumn<EventView>[] = [
  {
    title: 'Time',
    sort: 'recent',
    cell: ({ id, time, session }) => (
      <a data-open href={href(['sessions', session], { event: id })}>
        <TimeText at={time} />
      </a>
    ),
  },
  {
    title: 'Source',
    sort: 'name',
    cell: ({ peer }) => <SourceLink address={peer.address} port={peer.port} />,
  },
  { title: 'Sensor', cell: ({ sensor }) => <span class="dim sensor">{sensor}</span> },
  { title: 'What', role: 'lead', cell: (event) => <EventText event={event} /> },
];

/** The newest events; older ones stand in their sessions. */
export function EventsView() {
  return (
    <ListView
      title="Events"
      list="events"
      placeholder="Command, argument, source"
      columns={COLUMNS}
      keyOf={({ id }) => id}
      empty="Silence so far."
    />
  );
}
