import { describe, expect, test } from 'vitest';
import type { Act } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import { BRIEF, eventView, FULL } from './event-view.ts';

function eventOf(act: Act): Event {
  return {
    id: '00000000-0000000001',
    time: 1,
    vantage: 'sensor',
    sensor: 'redis-1',
    session: 's',
    peer: { address: '203.0.113.5', port: 1 },
    act,
  };
}

describe('event view', () => {
  test('tells a command as it is written, with its answer', () => {
    const view = eventView(
      eventOf({
        type: 'redis.command',
        name: 'config|set',
        args: ['dir', '/root/\u0000'],
        db: 0,
        reply: 'error',
        error: "ERR can't",
      }),
      FULL,
    );

    expect(view).toMatchObject({
      what: 'CONFIG SET',
      args: ['dir', '/root/\\x00'],
      outcome: 'error',
      note: "ERR can't",
      derived: false,
    });
  });

  test('marks what a command meant as derived', () => {
    const view = eventView(
      eventOf({ type: 'redis.replica-of', host: '203.0.113.66', port: 21000, accepted: false }),
      FULL,
    );

    expect(view).toMatchObject({
      what: 'replica of',
      args: ['203.0.113.66:21000'],
      outcome: 'refused',
      derived: true,
    });
  });

  test.for([BRIEF, FULL])('is no longer than it may be, whatever was sent (%o)', (limits) => {
    const args = Array.from({ length: 128 }, () => '\u0000'.repeat(16_384));
    const act: Act = { type: 'redis.command', name: 'mset', args, db: 0, reply: 'ok' };

    const view = eventView(eventOf(act), limits);

    expect(view.args.join(' ').length).toBeLessThanOrEqual(limits.all + limits.argument);
    expect(view.args.length + (view.argsLeft ?? 0)).toBe(128);
  });

  test('counts a burst by command', () => {
    const view = eventView(
      eventOf({ type: 'redis.burst', counts: { get: 1200, set: 3 }, samples: {}, ms: 2_500 }),
      BRIEF,
    );

    expect(view).toMatchObject({ what: 'burst', args: ['1200 get', '3 set'], note: 'in 2.50 s' });
  });
});
