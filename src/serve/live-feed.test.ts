import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Event } from '../model/event.ts';
import type { StatusView } from './answers.ts';
import { createLiveFeed, LIVE_FEED_LIMITS } from './live-feed.ts';

const STATUS: StatusView = {
  now: 0,
  totals: { events: 0, sessions: 0, sources: 0, findings: 0, indicators: 0 },
  journal: { folder: '/data', events: 0, bytes: 0, segments: 0, waiting: 0 },
};
const LIMITS = { ...LIVE_FEED_LIMITS, clients: 2, items: 3 };

function events(from: number, count: number): Event[] {
  return Array.from({ length: count }, (_, at) => ({
    id: String(from + at),
    time: from + at,
    vantage: 'sensor',
    sensor: 'redis-1',
    session: 's',
    peer: { address: '203.0.113.5', port: 1 },
    act: { type: 'redis.command', name: 'ping', args: [], db: 0, reply: 'ok' },
  }));
}

async function next(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<{ name: string; data: unknown }> {
  const { value } = await reader.read();
  const [, name = '', data = ''] =
    /^event: (\w+)\ndata: (.*)\n\n$/.exec(new TextDecoder().decode(value)) ?? [];
  return { name, data: JSON.parse(data) };
}

describe('live feed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('greets a page with the state of things', async () => {
    const feed = createLiveFeed(() => STATUS, '0.1.0', LIMITS);

    const hello = await next(feed.connect()!.getReader());

    expect(hello).toEqual({ name: 'hello', data: { ...STATUS, version: '0.1.0' } });
  });

  test('gathers what happens in a moment, shows the newest and counts the rest', async () => {
    const feed = createLiveFeed(() => STATUS, '0.1.0', LIMITS);
    const reader = feed.connect()!.getReader();
    await next(reader);

    feed.publish(events(0, 2), []);
    feed.publish(events(2, 500), []);
    feed.publish(events(502, 2), []);
    vi.advanceTimersByTime(LIMITS.gatherMs);

    expect(await next(reader)).toMatchObject({
      name: 'events',
      data: { items: [{ id: '501' }, { id: '502' }, { id: '503' }], skipped: 501 },
    });
  });

  test('beats, so that a page can tell silence from a dead connection', async () => {
    const feed = createLiveFeed(() => STATUS, '0.1.0', LIMITS);
    const reader = feed.connect()!.getReader();
    await next(reader);

    vi.advanceTimersByTime(LIMITS.beatMs);

    expect((await next(reader)).name).toBe('status');
  });

  test('has room for so many pages, and again when one has gone', async () => {
    const feed = createLiveFeed(() => STATUS, '0.1.0', LIMITS);
    const first = feed.connect();
    feed.connect();

    const third = feed.connect();
    await first?.cancel();
    const fourth = feed.connect();

    expect(third).toBeUndefined();
    expect(fourth).toBeDefined();
  });

  test('tells a page that does not keep up that it lags, and goes on serving the others', async () => {
    const feed = createLiveFeed(() => STATUS, '0.1.0', LIMITS);
    const slow = feed.connect()!.getReader();
    const quick = feed.connect()!.getReader();
    const got: string[] = [(await next(quick)).name];

    for (let moment = 0; moment < LIMITS.messages; moment += 1) {
      feed.publish(events(moment, 1), []);
      vi.advanceTimersByTime(LIMITS.gatherMs);
      got.push((await next(quick)).name);
    }

    expect((await next(slow)).name).toBe('lagged');
    expect(got).not.toContain('lagged');
  });

  test('ends the streams of all pages when it closes, and starts no other', async () => {
    const feed = createLiveFeed(() => STATUS, '0.1.0', LIMITS);
    const reader = feed.connect()!.getReader();
    await next(reader);

    feed.close();

    expect((await reader.read()).done).toBe(true);
    expect(feed.connect()).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});
