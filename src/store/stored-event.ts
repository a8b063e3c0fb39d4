import { eventId } from '../journal/event-id.ts';
import { Event } from '../model/event.ts';
import type { Row } from './store-engine.ts';

/** The event of a row; undefined for one that is none (a journal may have been written by anybody). */
export function storedEvent(row: Row): Event | undefined {
  const { seq, at, vantage, sensor, session, address, port, act, journal } = row;
  try {
    return Event.safeParse({
      id: eventId(String(journal), Number(seq)),
      time: Number(at),
      vantage,
      sensor,
      session,
      peer: { address, port },
      act: JSON.parse(String(act)) as unknown,
    }).data;
  } catch {
    return undefined;
  }
}
