import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteList } from './byte-list.ts';
import { createByteList } from './byte-list.ts';

/** Does the same to both, and returns what both answered. */
type Step = (list: ByteList, model: string[]) => readonly [unknown, unknown];

const word = fc.string({ maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  word.map(
    (item): Step =>
      (list, model) => [(list.pushLeft(item), list.length), model.unshift(item)],
  ),
  word.map(
    (item): Step =>
      (list, model) => [(list.pushRight(item), list.length), model.push(item)],
  ),
  fc.constant<Step>((list, model) => [list.popLeft(), model.shift()]),
  fc.constant<Step>((list, model) => [list.popRight(), model.pop()]),
  fc.integer({ min: -4, max: 20 }).map(
    (at): Step =>
      (list, model) => [list.at(at), model.at(at)],
  ),
  fc.tuple(fc.nat(20), word).map(
    ([at, item]): Step =>
      (list, model) => {
        if (at < model.length) {
          list.put(at, item);
          model[at] = item;
        }
        return [list.at(at), model.at(at)];
      },
  ),
  fc.tuple(fc.nat(9), fc.nat(20)).map(
    ([from, to]): Step =>
      (list, model) => [list.slice(from, to), model.slice(from, to)],
  ),
);

describe('byte list', () => {
  test('does what an array does', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 10 }), fc.array(step, { maxLength: 60 }), (items, steps) => {
        const [list, model] = [createByteList([...items]), [...items]];

        const answers = steps.map((one) => one(list, model));

        expect(answers.map(([ours]) => ours)).toEqual(answers.map(([, theirs]) => theirs));
        expect(list.slice()).toEqual(model);
        expect(list.length).toBe(model.length);
      }),
    );
  });

  test('is a queue of any length', () => {
    const list = createByteList();
    const taken: (string | undefined)[] = [];

    for (let at = 0; at < 50_000; at++) {
      list.pushLeft(String(at));
      if (at % 3 === 0) taken.push(list.popRight());
    }
    while (list.length > 0) taken.push(list.popRight());

    expect(taken).toEqual(Array.from({ length: 50_000 }, (_, at) => String(at)));
    expect(list.popLeft()).toBeUndefined();
  });

  test('changes in the middle as an array does', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
    fc.assert(
      fc.property(
        items,
        fc.nat(20),
        fc.nat(30),
        fc.nat(4),
        fc.boolean(),
        (start, turns, place, most, fromRight) => {
          const list = createByteList([...start]);
          for (let turn = 0; turn < turns && list.length > 0; turn++) list.pushLeft(list.popRight() ?? '');
          const plain = list.slice();
          const at = Math.min(place, plain.length);

          list.insert(at, 'new');
          plain.splice(at, 0, 'new');
          expect(list.slice()).toEqual(plain);
          expect(list.indexOf('b')).toBe(plain.indexOf('b'));

          let left = most;
          const keep = (item: string): boolean => item !== 'b' || left-- <= 0;
          const kept = fromRight ? plain.toReversed().filter(keep).toReversed() : plain.filter(keep);
          expect(list.remove('b', most, fromRight)).toBe(plain.length - kept.length);
          expect(list.slice()).toEqual(kept);
        },
      ),
    );
  });
});
