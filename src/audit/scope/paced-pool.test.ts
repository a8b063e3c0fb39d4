import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { concurrencyFor } from './concurrency.ts';
import type { Piece, PoolLimits } from './paced-pool.ts';
import { runPaced } from './paced-pool.ts';
import { createTokenBucket } from './token-bucket.ts';

const USUAL: PoolLimits = {
  width: 8,
  perNetwork: 3,
  bucket: undefined,
  signal: new AbortController().signal,
};

function pieces(names: readonly string[]): Piece<string>[] {
  // `n1.h2.5`: network, host, number.
  return names.map((item) => {
    const [network, host] = item.split('.');
    return { item, network, host: `${network}.${host}`, paced: true };
  });
}

/** Runs the work and tells the most that ever ran at the same time, of all and by network and host. */
async function watched(items: Iterator<Piece<string>>, limits = USUAL, fail?: string) {
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  const done: string[] = [];
  const change = (item: string, by: number): void => {
    const [network = '', host = ''] = item.split('.');
    for (const key of ['all', network, `${network}.${host}`]) {
      const count = (running.get(key) ?? 0) + by;
      running.set(key, count);
      most.set(key, Math.max(most.get(key) ?? 0, count));
    }
  };
  const work = async (item: string): Promise<void> => {
    change(item, 1);
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    if (item === fail) throw new Error(`${item} failed`);
    change(item, -1);
    done.push(item);
  };
  const outcome = await runPaced(items, work, limits).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { most, done, outcome };
}

describe('the pool', () => {
  test('does all, never more at once than the whole, a network and a host may have', async () => {
    const names = Array.from({ length: 400 }, (_, at) => `n${at % 5}.h${at % 35}.${at}`);

    const { most, done, outcome } = await watched(pieces(names).values(), { ...USUAL, width: 12 });

    expect(outcome).toBeUndefined();
    expect(done.toSorted()).toEqual(names.toSorted());
    expect(most.get('all')).toBe(12);
    const mostOf = (pattern: RegExp): number =>
      Math.max(...[...most].filter(([key]) => pattern.test(key)).map(([, count]) => count));
    expect(mostOf(/^n\d$/)).toBe(3);
    expect(mostOf(/\.h/)).toBe(1);
  });

  test('does not let one busy network hold up the others', async () => {
    const names = [
      ...Array.from({ length: 50 }, (_, at) => `n1.h${at}.${at}`),
      ...Array.from({ length: 20 }, (_, at) => `n${at + 2}.h.${at}`),
    ];

    const { done, most } = await watched(pieces(names).values());

    expect(most.get('all')).toBe(8);
    expect(done.indexOf('n21.h.19')).toBeLessThan(done.indexOf('n1.h49.49'));
  });

  test('with everything on one host goes on to the end', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `n1.h1.${at}`);

    const { done, most } = await watched(pieces(names).values(), { ...USUAL, perNetwork: 1 });

    expect(done).toHaveLength(60);
    expect(most.get('all')).toBe(1);
  });

  test('takes from the source no more than it can hold', async () => {
    let taken = 0;
    function* endless(): Generator<Piece<string>> {
      while (taken < 1_000_000) yield { item: `n1.h1.${taken++}`, network: 'n1', host: 'h1', paced: false };
    }
    const stop = new AbortController();

    await runPaced(endless(), async () => stop.abort(), { ...USUAL, signal: stop.signal });

    expect(taken).toBeLessThan(10_010);
  });

  test('ends with the first failure, and begins nothing new', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `n${at}.h.${at}`);

    const { done, outcome } = await watched(pieces(names).values(), USUAL, 'n3.h.3');

    expect(outcome).toEqual(new Error('n3.h.3 failed'));
    expect(done.length).toBeLessThan(20);
  });

  test('waits for the rate', async () => {
    const asked: number[] = [];
    let tokens = 2;
    const bucket = {
      take: () => {
        asked.push(tokens);
        if (tokens > 0) return tokens-- && 0;
        tokens = 2;
        return 1;
      },
    };

    const { done } = await watched(pieces(['n1.a.1', 'n2.a.2', 'n3.a.3', 'n4.a.4', 'n5.a.5']).values(), {
      ...USUAL,
      bucket,
    });

    expect(done).toHaveLength(5);
    expect(asked.filter((one) => one === 0)).toHaveLength(2);
  });
});

describe('a token bucket', () => {
  test('gives so many a second, and saves up no more than its burst', () => {
    const clock = fixedClock(0);
    const bucket = createTokenBucket(10, 2, clock);

    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 100]);
    clock.advance(100);
    expect([bucket.take(), bucket.take()]).toEqual([0, 100]);
    clock.advance(60_000);
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 100]);
  });
});

describe('the concurrency', () => {
  test.for([
    [undefined, 100, 20_000, 16],
    [undefined, 101, 20_000, 500],
    [2_000, 5, 20_000, 2_000],
    [undefined, 72_000, 256, 81],
    [500, 5, 40, 1],
  ] as const)('asked for %s of %i servers with %i descriptors is %i', ([asked, total, limit, width]) => {
    expect(concurrencyFor(asked, total, { limit, open: 30 })).toBe(width);
  });

  test('begins no more in a network than its rate allows, and others meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const begun: string[] = [];
    const names = [...Array.from({ length: 7 }, (_, at) => `n1.h${at}.${at}`), 'n2.h.1'];
    const settled = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    const over = runPaced(pieces(names).values(), async (item) => void begun.push(item), {
      ...USUAL,
      networkHoldMs: 100,
    });

    await settled();
    const first = [...begun];
    vi.advanceTimersByTime(100);
    await settled();
    const second = begun.length;
    vi.advanceTimersByTime(100);
    await over;

    expect(first).toEqual(['n1.h0.0', 'n1.h1.1', 'n1.h2.2', 'n2.h.1']);
    expect([second, begun.length, vi.getTimerCount()]).toEqual([7, 8, 0]);
  });
});
