import { describe, expect, test } from 'vitest';
import { createChronicle } from './chronicle.ts';

const DAY = 86_400_000;
const grouping = (groups: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(groups).flatMap(([id, sessions]) => sessions.split(' ').map((one) => [one, id] as const)),
  );

describe('the chronicle of campaigns', () => {
  test('tells that one took another in', () => {
    const chronicle = createChronicle();
    chronicle.note(DAY, grouping({ a: '1 2', b: '3 4 5' }));

    const changes = chronicle.changes(2 * DAY, grouping({ a: '1 2 3 4 5' }));

    expect([...changes]).toEqual([['a', [{ time: 2 * DAY, what: 'took in', other: 'b', sessions: 3 }]]]);
  });

  test('tells that one came apart, to both', () => {
    const chronicle = createChronicle();
    chronicle.note(DAY, grouping({ a: '1 2 3 4 5' }));
    chronicle.note(2 * DAY, grouping({ a: '1 2 3', c: '4 5' }));

    const changes = chronicle.changes(3 * DAY, grouping({ a: '1 2 3', c: '4 5' }));

    expect([...changes]).toEqual([
      ['a', [{ time: 2 * DAY, what: 'lost sessions to', other: 'c', sessions: 2 }]],
      ['c', [{ time: 2 * DAY, what: 'came from', other: 'a', sessions: 2 }]],
    ]);
  });

  test('says nothing of what only grew, or was forgotten', () => {
    const chronicle = createChronicle();
    chronicle.note(DAY, grouping({ a: '1 2', b: '3' }));

    expect(chronicle.changes(2 * DAY, grouping({ a: '1 2 6 7' })).size).toBe(0);
  });
});
