import type { Event } from '../model/event.ts';
import type { EventView } from './answers.ts';
import { BRIEF, eventView } from './event-view.ts';
import type { Listing } from './list-page.ts';

/** The newest events, as many as the ledger remembers; older ones are read by their session. */
export const eventListing: Listing<Event, EventView> = {
  texts: (event) => {
    const { what, args, note, peer, sensor } = eventView(event, BRIEF);
    return [[what, ...args].join(' '), note, peer.address, sensor];
  },
  addresses: ({ peer }) => [peer.address],
  time: ({ time }) => time,
  passes: (event, { session, source, sensor }) =>
    (session === undefined || event.session === session) &&
    (source === undefined || event.peer.address === source) &&
    (sensor === undefined || event.sensor === sensor),
  orders: { name: ({ peer }) => peer.address },
  view: (event) => eventView(event, BRIEF),
};
