import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScoredRow } from './scored-members.ts';
import { createScores, dropScores, putScore, scoreIndex, sortedRows } from './scored-members.ts';

const member = fc.string({ maxLength: 3 });
const step = fc.oneof(
  fc.record({ put: member, score: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ drop: fc.array(member, { maxLength: 4 }) }),
);

describe('members with scores', () => {
  test('are in the order of a plain sort after any changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.nat(20), fc.nat(20), (steps, from, length) => {
        const scores = createScores();
        const plain = new Map<string, number>();
        for (const one of steps) {
          if ('put' in one) {
            putScore(scores, one.put, one.score);
            plain.set(one.put, one.score);
          } else {
            dropScores(scores, one.drop);
            for (const name of one.drop) plain.delete(name);
          }
        }
        const expected = sortedRows(plain);
        const index = scoreIndex(scores);

        expect(index.rows()).toEqual(expected);
        expect(index.rows(from, from + length)).toEqual(expected.slice(from, from + length));
        expect(index.countBefore((_, score) => score >= 2)).toBe(
          expected.filter(([, score]) => score < 2).length,
        );
        expect(expected.map(([name, score]) => index.rank(name, score))).toEqual([...expected.keys()]);
      }),
    );
  });

  test('keep their order over many blocks', () => {
    const rows: ScoredRow[] = Array.from({ length: 5_000 }, (_, at) => [`m${at}`, (at * 7_919) % 1_009]);
    const scores = createScores();
    for (const [name, score] of rows) putScore(scores, name, score);

    dropScores(
      scores,
      rows.filter((_, at) => at % 3 === 0).map(([name]) => name),
    );

    expect(scoreIndex(scores).rows()).toEqual(sortedRows(rows.filter((_, at) => at % 3 !== 0)));
  });

  test('have an order even when it was not asked for until now', () => {
    const scores = {
      byMember: new Map([
        ['b', 1],
        ['a', 1],
        ['c', 0],
      ]),
    };

    expect(scoreIndex(scores).rows()).toEqual([
      ['c', 0],
      ['a', 1],
      ['b', 1],
    ]);
  });
});
