import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { memoryRecorder } from '../../../test/emulator-probes/memory-recorder.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Arrival } from '../doors.ts';
import { DEFAULT_HTTP_LIMITS } from './limits.ts';
import { createHttpSessions } from './sessions.ts';

const from = (address: string): Arrival => ({ socket: new Socket(), origin: { address, port: 1 } });

describe('sessions', () => {
  test('are bounded: the most silent one makes room', () => {
    const recorder = memoryRecorder();
    const clock = fixedClock(0);
    const limits = { ...DEFAULT_HTTP_LIMITS, sessions: 2 };
    const sessions = createHttpSessions(recorder, clock, 'test', limits);

    for (const address of ['a', 'b', 'a', 'c']) sessions.of(from(address)).admit(1);

    expect(recorder.sessions.map(({ peer }) => peer.address)).toEqual(['a', 'b', 'c']);
    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'limit', commands: 1 }]);
    expect(sessions.find('b')).toBeUndefined();
  });

  test('fold what comes too often into counts, by the minute', () => {
    const recorder = memoryRecorder();
    const clock = fixedClock(0);
    const limits = { ...DEFAULT_HTTP_LIMITS, recordedPerMinute: 3 };
    const sessions = createHttpSessions(recorder, clock, 'test', limits);
    const admitted = (): boolean[] => Array.from({ length: 5 }, () => sessions.of(from('a')).admit(10));

    expect(admitted()).toEqual([true, true, true, false, false]);
    sessions.settle();
    sessions.settle();
    clock.advance(60_000);
    expect(admitted()).toEqual([true, true, true, false, false]);
    sessions.close();

    expect(recorder.acts('session.flood')).toEqual([
      { type: 'session.flood', protocol: 'http', connections: 0, commands: 2, bytesIn: 20 },
      { type: 'session.flood', protocol: 'http', connections: 0, commands: 2, bytesIn: 20 },
    ]);
    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'shutdown', commands: 10, ms: 60_000 }]);
  });
});
