import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Keyspace } from './keyspace.ts';
import { createKeyspace } from './keyspace.ts';

const text = (value: string) => ({ type: 'string', text: value }) as const;

function filled(names: readonly string[]): Keyspace {
  const keyspace = createKeyspace({ bytes: 0, burden: 0 });
  for (const name of names) keyspace.set(name, text('v'));
  return keyspace;
}

/** A whole SCAN, with something happening between its pages. */
function scan(keyspace: Keyspace, count: number, between: () => void): string[] {
  const found: string[] = [];
  let cursor = 0;
  do {
    const { keys, next } = keyspace.page(cursor, count, 0);
    found.push(...keys);
    cursor = next;
    between();
  } while (cursor !== 0);
  return found;
}

describe('keyspace', () => {
  test('forgets a key when its time is over, and counts it', () => {
    const keyspace = createKeyspace({ bytes: 0, burden: 0 });
    keyspace.set('k', text('v'), 100);
    keyspace.set('stays', text('v'), 300);

    expect(keyspace.get('k', 99)).toEqual(text('v'));
    expect(keyspace.expiring(50)).toEqual({ count: 2, meanTtl: 150 });
    expect(keyspace.size(100)).toBe(1);
    expect(keyspace.get('k', 100)).toBeUndefined();
    expect(keyspace.expired).toBe(1);
    expect(keyspace.expiring(100)).toEqual({ count: 1, meanTtl: 200 });
  });

  test('keeps no time for a key that is written anew or made to stay', () => {
    const keyspace = createKeyspace({ bytes: 0, burden: 0 });
    keyspace.set('a', text('v'), 100);
    keyspace.set('b', text('v'), 100);

    keyspace.set('a', text('w'));
    keyspace.setExpires('b', undefined);

    expect(keyspace.size(1_000)).toBe(2);
    expect(keyspace.expiring(1_000)).toEqual({ count: 0, meanTtl: 0 });
  });

  test('costs nothing any more once all is gone, whatever was done', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const action = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key, size: fc.nat(50), at: fc.option(fc.nat(9)) }),
      fc.record({ do: fc.constant('delete' as const), key }),
      fc.record({ do: fc.constant('look' as const), key, now: fc.nat(9) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), fc.boolean(), (actions, clear) => {
        const memory = { bytes: 0, burden: 0 };
        const keyspace = createKeyspace(memory);
        for (const one of actions) {
          if (one.do === 'set') keyspace.set(one.key, text('x'.repeat(one.size)), one.at ?? undefined);
          else if (one.do === 'delete') keyspace.delete(one.key, 0);
          else keyspace.size(one.now);
        }
        const size = keyspace.size(0);
        expect(memory.bytes > 0).toBe(size > 0);

        if (clear) keyspace.clear();
        else for (const name of ['a', 'b', 'c', 'd']) keyspace.delete(name, 0);

        expect(memory).toEqual({ bytes: 0, burden: 0 });
        expect(keyspace.expiring(0)).toEqual({ count: 0, meanTtl: 0 });
        expect(keyspace.page(0, 10, 0)).toEqual({ keys: [], next: 0 });
      }),
    );
  });

  test('shows a scan every key that is there all the time, however others come and go', () => {
    const changes = fc.array(fc.record({ key: fc.nat(30), remove: fc.boolean() }), { maxLength: 40 });
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 7 }), (all, count) => {
        const steady = Array.from({ length: 25 }, (_, at) => `steady${at}`);
        const passing = Array.from({ length: 31 }, (_, at) => `passing${at}`);
        const keyspace = filled(
          passing
            .slice(0, 15)
            .flatMap((name, at) => [name, steady[at] ?? ''])
            .concat(steady),
        );
        const left = [...all];

        const found = scan(keyspace, count, () => {
          const change = left.shift();
          if (change === undefined) return;
          const name = passing[change.key] ?? '';
          if (change.remove) keyspace.delete(name, 0);
          else keyspace.set(name, text('v'));
        });

        expect(new Set(found.filter((name) => name.startsWith('steady')))).toEqual(new Set(steady));
      }),
    );
  });
});
