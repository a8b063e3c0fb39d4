import { describe, expect, test } from 'vitest';
import type { ByteString } from '../../model/bytes.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditLimits } from '../limits.ts';
import { DEFAULT_AUDIT_LIMITS } from '../limits.ts';
import { bulkReply, fakeConnection } from '../testing/fake-connection.ts';
import { createPacer } from './pacer.ts';
import type { ScannedNames } from './scan-names.ts';
import { sampleNames, scanAllNames } from './scan-names.ts';

function page(next: string, keys: readonly ByteString[]): Reply {
  return { kind: 'array', items: [bulkReply(next), { kind: 'array', items: keys.map(bulkReply) }] };
}

interface Outcome extends ScannedNames {
  readonly seen: readonly ByteString[];
  readonly asked: number;
}

/** Scans a server that answers page `at` as told. */
async function scan(
  how: typeof scanAllNames | typeof sampleNames,
  wanted: number,
  answer: (at: number, cursor: string) => Reply,
  change: Partial<AuditLimits> = {},
  tick = 0,
): Promise<Outcome> {
  const limits = { ...DEFAULT_AUDIT_LIMITS, busyShare: 1, ...change };
  const clock = fixedClock(0);
  let at = 0;
  const connection = fakeConnection(([, cursor = '']) => {
    clock.advance(tick);
    return answer(at++, cursor);
  });
  const seen: ByteString[] = [];
  const scanned = await how(
    createPacer(connection, limits, clock),
    wanted,
    { limits, clock, until: clock.monotonic() + limits.namesMs },
    (name) => seen.push(name),
  );
  return { ...scanned, seen, asked: connection.asked.length };
}

describe('a scan of all names', () => {
  test('is complete when the cursor comes back to 0', async () => {
    const found = await scan(scanAllNames, 4, (at) =>
      at === 0 ? page('7', ['a', 'b']) : page('0', ['c', 'd']),
    );

    expect(found).toMatchObject({ complete: true, count: 4, seen: ['a', 'b', 'c', 'd'], asked: 2 });
  });

  test('counts a name once that comes twice', async () => {
    const found = await scan(scanAllNames, 3, (at) =>
      at === 0 ? page('7', ['a', 'b']) : page('0', ['b', 'c']),
    );

    expect(found).toMatchObject({ complete: true, count: 3, seen: ['a', 'b', 'c'] });
  });

  test('goes on through empty pages', async () => {
    const found = await scan(scanAllNames, 1, (at) => (at < 5 ? page('9', []) : page('0', ['a'])));

    expect(found).toMatchObject({ complete: true, count: 1 });
  });

  test('ends at the same page for ever', async () => {
    const found = await scan(scanAllNames, 1_000_000_000, () => page('7', ['a', 'b']));

    expect(found).toMatchObject({ complete: false, count: 2 });
    expect(found.asked).toBeLessThan(30);
  });

  test('ends at a cursor that never comes back, with pages that are empty', async () => {
    const found = await scan(scanAllNames, 1_000, () => page('7', []));

    expect(found).toMatchObject({ complete: false, count: 0 });
    expect(found.asked).toBeLessThan(200);
  });

  test('ends at a cursor that never comes back, with names that are always new', async () => {
    const found = await scan(scanAllNames, 1_000, (at) => page('7', [`key:${at}`]));

    expect(found.complete).toBe(false);
    expect(found.asked).toBeLessThan(200);
  });

  test.for([
    ['a refusal', { kind: 'error', text: 'NOPERM no SCAN for you' }],
    ['a number', { kind: 'integer', value: 1n }],
    ['a cursor that is none', page('7; x', ['a'])],
    ['an array too short', { kind: 'array', items: [] }],
  ] as const)('takes %s for a refusal', async ([, reply]) => {
    const found = await scan(scanAllNames, 10, () => reply);

    expect(found).toMatchObject({ complete: false, count: 0, asked: 1 });
    expect(found.refused).toBeDefined();
  });

  test('ends when names have taken long enough', async () => {
    const found = await scan(scanAllNames, 1e9, (at) => page('7', [`key:${at}`]), { namesMs: 100 }, 1);

    expect(found.complete).toBe(false);
    expect(found.asked).toBeLessThan(105);
  });

  test('ends when names have taken bytes enough', async () => {
    const found = await scan(scanAllNames, 1e9, (at) => page('7', [`${'x'.repeat(1_000)}${at}`]), {
      nameBytes: 10_000,
    });

    expect(found.complete).toBe(false);
    expect(found.asked).toBeLessThan(13);
  });
});

describe('a sample of the names', () => {
  test('begins its pages all over the table', async () => {
    const cursors: number[] = [];

    await scan(sampleNames, 10_000, (at, cursor) => {
      cursors.push(Number(cursor));
      return page(
        '7',
        Array.from({ length: 100 }, (_, key) => `key:${at}:${key}`),
      );
    });

    expect(cursors.length).toBeGreaterThan(50);
    // In each eighth of the cursors some, whichever of their bits the table goes by.
    for (const shift of [0, 8, 16, 29]) {
      expect(new Set(cursors.map((cursor) => (cursor >>> shift) & 7)).size).toBe(8);
    }
  });

  test('takes no more names than are wanted', async () => {
    const found = await scan(sampleNames, 250, (at) =>
      page(
        '7',
        Array.from({ length: 100 }, (_, key) => `key:${at}:${key}`),
      ),
    );

    expect(found).toMatchObject({ count: 250, complete: false });
    expect(found.seen.length).toBe(250);
  });
});
