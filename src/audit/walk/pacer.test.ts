import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { DEFAULT_AUDIT_LIMITS } from '../limits.ts';
import { bulkReply, fakeConnection } from '../testing/fake-connection.ts';
import type { Pacer } from './pacer.ts';
import { createPacer } from './pacer.ts';
import { WalkStopped } from './walk-stopped.ts';

const LIMITS = { ...DEFAULT_AUDIT_LIMITS, busyShare: 1 };

/** A server that takes as long as the test says, on a clock of its own. */
function slowServer(limits = LIMITS): {
  pacer: Pacer;
  takes: (ms: number) => void;
  connection: ReturnType<typeof fakeConnection>;
  info: (text: string) => void;
} {
  const clock = fixedClock(0);
  let each = 1;
  let info = 'loading:0\r\n';
  const connection = fakeConnection(([name]) => {
    clock.advance(each);
    return name === 'INFO' ? bulkReply(info) : { kind: 'integer', value: 1n };
  });
  return {
    pacer: createPacer(connection, limits, clock),
    takes: (ms) => {
      each = ms;
    },
    connection,
    info: (text) => {
      info = text;
    },
  };
}

async function scans(pacer: Pacer, times: number): Promise<void> {
  for (let at = 0; at < times; at++) await pacer.scan('0');
}

describe('a pacer', () => {
  test('asks for more names while the server answers at ease, but never for more than it answers in a tenth of a millisecond', async () => {
    const { pacer } = slowServer();

    await scans(pacer, 30);

    expect(pacer.count).toBe(125);
  });

  test('asks for fewer when a page takes longer than a PING, and for more again once it does not', async () => {
    const { pacer, takes } = slowServer();
    await scans(pacer, 8);
    const atEase = pacer.count;

    takes(9);
    await scans(pacer, 2);
    const inTrouble = pacer.count;
    takes(1);
    await scans(pacer, 20);

    expect(inTrouble).toBe(Math.floor(atEase / 4));
    expect(pacer.count).toBe(125);
  });

  test('never asks for fewer than ten names', async () => {
    const { pacer, takes } = slowServer();
    await pacer.ask([['PING']]);

    takes(9);
    await scans(pacer, 20);

    expect(pacer.count).toBe(10);
  });

  test('stops when the server answers ever more slowly', async () => {
    const { pacer, takes } = slowServer();
    await pacer.ask([['PING']]);

    takes(900);

    await expect(scans(pacer, 3)).rejects.toThrow('ever more slowly');
  });

  test('forgives a single slow answer', async () => {
    const { pacer, takes } = slowServer();
    await pacer.ask([['PING']]);

    for (let at = 0; at < 5; at++) {
      takes(900);
      await scans(pacer, 2);
      takes(1);
      await scans(pacer, 1);
    }

    expect(pacer.count).toBeLessThan(125);
  });

  test('cuts what is asked into batches, and keeps the replies in order', async () => {
    const { pacer, connection } = slowServer({ ...LIMITS, batch: 4 });

    const replies = await pacer.ask(Array.from({ length: 10 }, (_, at) => ['TYPE', `key:${at}`]));

    expect(replies.length).toBe(10);
    expect(connection.batches).toEqual([4, 4, 2]);
    expect(connection.asked.map(([, key]) => key)).toEqual(
      Array.from({ length: 10 }, (_, at) => `key:${at}`),
    );
  });

  test('stops when its commands are spent, before it sends one more', async () => {
    const { pacer, connection } = slowServer({ ...LIMITS, commands: 5 });
    await pacer.ask([['PING'], ['PING'], ['PING'], ['PING']]);

    const more = pacer.ask([['PING'], ['PING']]);

    await expect(more).rejects.toThrow(WalkStopped);
    expect(connection.asked.length).toBe(4);
  });

  test.for([
    ['loading:1\r\n', 'loading'],
    ['rdb_bgsave_in_progress:1\r\n', 'saving'],
    ['aof_rewrite_in_progress:1\r\n', 'rewriting'],
    ['maxmemory:1000\r\nused_memory:990\r\nmaxmemory_policy:noeviction\r\n', 'memory is nearly full'],
  ] as const)('stops on a long walk when INFO begins to say %j', async ([text, why]) => {
    const { pacer, info } = slowServer();
    await scans(pacer, 400);

    info(text);

    await expect(scans(pacer, 200)).rejects.toThrow(why);
  });

  test('rests for the share of its time that is not ours', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { pacer } = slowServer({ ...LIMITS, busyShare: 0.01 });
    let answered = false;

    // 100 names cost about 95 microseconds: ninety-nine times that is to be rested.
    void (async (): Promise<void> => {
      await pacer.scan('0');
      answered = true;
    })();
    await vi.advanceTimersByTimeAsync(7);
    const early = answered;
    await vi.advanceTimersByTimeAsync(7);

    expect(early).toBe(false);
    expect(answered).toBe(true);
  });
});
