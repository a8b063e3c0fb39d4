import { describe, expect, test } from 'vitest';
import type { TapeRecorder } from '../../model/recording.ts';
import { fixedClock } from '../../platform/clock.ts';
import { createTapes } from '../tape.ts';

function memory(): TapeRecorder & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    open: ({ session, persona }, started) => {
      told.push(`${session} opened as ${persona ?? ''} at ${started ?? ''}`);
      return {
        add: (speaker, bytes, ms) => told.push(`${ms ?? 'now'} ${speaker} ${Buffer.from(bytes).length}`),
        end: (ms) => told.push(`${ms ?? 'now'} end`),
      };
    },
  };
}

const PEER = { address: '203.0.113.5', port: 40_000 };
const LOCAL = { address: '192.0.2.1', port: 6379 };
const ABOUT = { sensor: 'redis', persona: 'redis-6' };

describe('tape of a visit', () => {
  test('passes both sides on, to be timed from the connection on', () => {
    const recorder = memory();
    const clock = fixedClock(1_000);
    const tape = createTapes(recorder, ABOUT, clock).open(
      { session: 'a', emit: () => undefined },
      PEER,
      LOCAL,
    );

    clock.advance(5);
    tape.add('visitor', Buffer.from('PING\r\n'));
    clock.advance(1.25);
    tape.add('sensor', '+PONG\r\n');
    tape.end();

    expect(recorder.told).toEqual(['a opened as redis-6 at 0', 'now visitor 6', 'now sensor 7', 'now end']);
  });

  test('of a flood is kept from its first byte once its events are, and else not at all', () => {
    const recorder = memory();
    const clock = fixedClock(1_000);
    const tapes = createTapes(recorder, ABOUT, clock);
    let quiet = true;
    const telling = tapes.open({ session: 'a', emit: () => undefined, quiet: () => quiet }, PEER, LOCAL);
    const plain = tapes.open({ session: 'b', emit: () => undefined, quiet: () => true }, PEER, LOCAL);

    telling.add('visitor', 'PING\r\n');
    plain.add('visitor', 'PING\r\n');
    plain.end();
    clock.advance(3);
    quiet = false;
    telling.add('sensor', '+PONG\r\n');
    telling.end();

    expect(recorder.told).toEqual(['a opened as redis-6 at 0', '0 visitor 6', 'now sensor 7', 'now end']);
  });

  test('of a flood holds little back: one that sends much is kept', () => {
    const recorder = memory();
    const tapes = createTapes(recorder, ABOUT, fixedClock(1_000));
    const tape = tapes.open({ session: 'a', emit: () => undefined, quiet: () => true }, PEER, LOCAL);

    for (let count = 0; count < 5; count++) tape.add('visitor', 'x'.repeat(10_000));
    tape.end();

    expect(recorder.told).toEqual([
      'a opened as redis-6 at 0',
      ...Array.from({ length: 3 }, () => '0 visitor 10000'),
      ...Array.from({ length: 2 }, () => 'now visitor 10000'),
      'now end',
    ]);
  });
});
