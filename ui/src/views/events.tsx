import type { EventView, OverviewAnswer } from '../../../src/serve/answers.ts';
import type { TableColumn } from '../components/data-table.tsx';
import { EventText } from '../components/event-text.tsx';
import { ListView } from '../components/list-view.tsx';
import { SourceLink } from '../components/source-link.tsx';
import { TimeText } from '../components/time-text.tsx';
import { href } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';

const COLUMNS: readonly TableColumn<EventView>[] = [
  {
    title: 'Time',
    cell: ({ id, time, session }) => (
      <a data-open href={href(['sessions', session], { event: id })}>
        <TimeText at={time} />
      </a>
    ),
  },
  {
    title: 'Source',
    cell: ({ peer }) => <SourceLink address={peer.address} port={peer.port} />,
  },
  { title: 'Sensor', cell: ({ sensor }) => <span class="dim sensor">{sensor}</span> },
  { title: 'What', role: 'lead', cell: (event) => <EventText event={event} /> },
];

/** All events by the analytical store; without it the newest, and older ones stand in their sessions. */
export function EventsView() {
  const { data } = useAnswer<OverviewAnswer>('api/overview');
  if (data === undefined) return null;
  return (
    <ListView
      title="Events"
      key={String(data.store)}
      list={data.store ? 'search' : 'events'}
      exported={data.store}
      placeholder="Command, argument, source"
      columns={COLUMNS}
      keyOf={({ id }) => id}
      empty="Silence so far."
    />
  );
}
