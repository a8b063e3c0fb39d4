import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAofLives } from './aof-lives.ts';

const db = fc.nat(2);
const key = fc.constantFrom('a', 'b', 'c');
const field = fc.constantFrom('f', 'g');
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ db, argv: fc.tuple(fc.constant('SET'), key, fc.constant('v')) }) },
  {
    weight: 4,
    arbitrary: fc.record({ db, argv: fc.tuple(fc.constant('HSET'), key, field, fc.constant('v')) }),
  },
  fc.record({ db, argv: fc.tuple(fc.constant('HDEL'), key, field) }),
  fc.record({ db, argv: fc.tuple(fc.constant('DEL'), key) }),
  { weight: 2, arbitrary: fc.record({ db, argv: fc.tuple(fc.constant('RENAME'), key, key) }) },
  fc.record({ db, argv: fc.tuple(fc.constant('COPY'), key, key, fc.constant('DB'), db.map(String)) }),
  fc.record({ db, argv: fc.tuple(fc.constant('MOVE'), key, db.map(String)) }),
  fc.record({ db, argv: fc.tuple(fc.constant('SWAPDB'), db.map(String), db.map(String)) }),
  fc.record({ db, argv: fc.tuple(fc.constant('FLUSHDB')) }),
);

type Value = string | Map<string, string>;

/** A Redis as far as these commands go; a value is the number of the command that wrote it. */
function model(): {
  readonly run: (db: number, argv: readonly string[], at: number) => boolean;
  readonly there: () => Set<string>;
} {
  const bases = [0, 1, 2].map(() => new Map<string, Value>());
  const base = (number: number): Map<string, Value> => bases[number] ?? new Map<string, Value>();
  return {
    run: (number, [name, one = '', two = '', , four], at) => {
      const here = base(number);
      switch (name) {
        case 'SET':
          here.set(one, String(at));
          return true;
        case 'HSET': {
          const hash = here.get(one) ?? new Map<string, string>();
          if (typeof hash === 'string') return false;
          here.set(one, hash.set(two, String(at)));
          return true;
        }
        case 'HDEL': {
          const hash = here.get(one);
          if (hash === undefined || typeof hash === 'string' || !hash.delete(two)) return false;
          if (hash.size === 0) here.delete(one);
          return true;
        }
        case 'DEL':
          return here.delete(one);
        case 'FLUSHDB':
          here.clear();
          return true;
        case 'SWAPDB':
          [bases[Number(one)], bases[Number(two)]] = [base(Number(two)), base(Number(one))];
          return true;
        default: {
          const value = here.get(one);
          const to = name === 'MOVE' ? base(Number(two)) : name === 'COPY' ? base(Number(four)) : here;
          const target = name === 'MOVE' ? one : two;
          if (value === undefined || (to === here && target === one)) return false;
          if (name !== 'RENAME' && to.has(target)) return false;
          to.set(target, typeof value === 'string' ? value : new Map(value));
          if (name !== 'COPY') here.delete(one);
          return true;
        }
      }
    },
    there: () =>
      new Set(
        bases.flatMap((one) =>
          [...one.values()].flatMap((value) => (typeof value === 'string' ? [value] : [...value.values()])),
        ),
      ),
  };
}

describe('what an append-only file still holds', () => {
  test('is never called gone while it is there, and nearly always when it is not', () => {
    let gone = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 15, maxLength: 40 }), (steps) => {
        const server = model();
        // A server writes down only what changed something.
        const log = steps
          .map((one, index) => ({ ...one, at: index * 10 }))
          .filter((one) => server.run(one.db, one.argv, one.at));
        const lives = createAofLives();
        for (const one of log) lives.observe(one.db, one.argv, one.at);

        const alive = new Set<string>();
        for (const { db: number, argv, at } of log) {
          const [name, one = '', two] = argv;
          if (name === 'SET' && lives.isAlive(number, one, undefined, at)) alive.add(String(at));
          if (name === 'HSET' && lives.isAlive(number, one, two, at)) alive.add(String(at));
          lives.again(number, argv);
        }

        const there = server.there();
        for (const one of there) expect(alive).toContain(one);
        gone += log.filter(({ argv, at }) => argv[0].endsWith('SET') && !there.has(String(at))).length;
        taken += [...alive].filter((one) => !there.has(one)).length;
      }),
      { numRuns: 2_000, seed: 7 },
    );

    expect(gone).toBeGreaterThan(5_000);
    expect(taken / gone).toBeLessThan(0.02);
  });

  test('ends to be followed where copies of copies would never end', () => {
    const lives = createAofLives();
    lives.observe(0, ['SET', 'k', 'v'], 1);
    for (let at = 2; at < 3_000; at += 2) {
      lives.observe(0, ['COPY', 'k', 'l', 'REPLACE'], at);
      lives.observe(0, ['COPY', 'l', 'k', 'REPLACE'], at + 1);
    }
    lives.observe(0, ['DEL', 'k', 'l'], 4_000);

    expect(lives.isAlive(0, 'k', undefined, 1)).toBe(true);
  });

  test('survives more databases than anybody has', () => {
    const lives = createAofLives();

    for (let at = 0; at < 300_000; at++) lives.observe(at, ['FLUSHDB'], at);

    expect(lives.isAlive(299_999, 'key', undefined, 1)).toBe(false);
    expect(lives.complete()).toBe(true);
  });
});
