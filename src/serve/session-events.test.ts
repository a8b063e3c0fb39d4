import { describe, expect, test } from 'vitest';
import type { Event } from '../model/event.ts';
import type { ReadEvents } from './session-events.ts';
import { sessionEvents } from './session-events.ts';

const SESSION = { id: 's', opened: 1_000_000, lastSeen: 1_000_900, closed: 'visitor' };
const live = new AbortController().signal;

function event(count: number): Event {
  return {
    id: String(count),
    time: SESSION.opened + count,
    vantage: 'sensor',
    sensor: 'redis-1',
    session: 's',
    peer: { address: '203.0.113.5', port: 1 },
    act: { type: 'redis.command', name: 'ping', args: [], db: 0, reply: 'ok' },
  };
}

/** Ten events in batches of three; says how many batches were read. */
function journal() {
  const read = { batches: 0 };
  const readEvents: ReadEvents = async function* (_, onDamage) {
    onDamage({ file: 'f', line: 1, message: 'torn' });
    for (let from = 0; from < 10; from += 3) {
      read.batches += 1;
      yield [0, 1, 2].map((at) => event(from + at)).filter(({ id }) => Number(id) < 10);
    }
  };
  return { read, readEvents };
}

describe('session events', () => {
  test.for([
    { offset: 0, limit: 4, ids: '0123', more: true },
    { offset: 4, limit: 4, ids: '4567', more: true },
    { offset: 8, limit: 4, ids: '89', more: false },
    { offset: 6, limit: 4, ids: '6789', more: false },
    { offset: 50, limit: 4, ids: '', more: false },
  ])('are read by pages: $offset, $limit', async ({ offset, limit, ids, more }) => {
    const answer = await sessionEvents(journal().readEvents, SESSION, { offset, limit }, live);

    expect(answer.events.map(({ id }) => id).join('')).toBe(ids);
    expect(answer.more).toBe(more);
  });

  test('are not read further than the page needs', async () => {
    const { read, readEvents } = journal();

    await sessionEvents(readEvents, SESSION, { offset: 0, limit: 4 }, live);

    expect(read.batches).toBe(2);
  });

  test('are not read for somebody who has gone', async () => {
    const { read, readEvents } = journal();

    await sessionEvents(readEvents, SESSION, { offset: 0, limit: 100 }, AbortSignal.abort());

    expect(read.batches).toBe(1);
  });

  test('tell how many lines could not be read', async () => {
    const { damaged } = await sessionEvents(journal().readEvents, SESSION, { offset: 0, limit: 4 }, live);

    expect(damaged).toBe(1);
  });
});
