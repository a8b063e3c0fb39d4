import { describe, expect, test } from 'vitest';
import { createAdmission } from '../admission.ts';

describe('admission', () => {
  test('lets in as many as there is room for, from wherever they come', () => {
    const admission = createAdmission<number>(3, () => undefined);

    const allowed = [1, 2, 3, 4].map((visitor) => admission.enter('a', visitor));

    expect(allowed).toEqual([true, true, true, false]);
  });

  test('takes a place from whoever holds the most for a newcomer from elsewhere', () => {
    const displaced: number[] = [];
    const admission = createAdmission<number>(3, (visitor) => displaced.push(visitor));
    for (const visitor of [1, 2, 3]) admission.enter('flood', visitor);

    const allowed = [admission.enter('b', 4), admission.enter('c', 5), admission.enter('flood', 6)];

    expect(allowed).toEqual([true, true, false]);
    expect(displaced).toEqual([1, 2]);
  });

  test('gives a place again once someone has left', () => {
    const admission = createAdmission<number>(2, () => undefined);
    admission.enter('a', 1);
    admission.enter('b', 2);

    admission.leave('a', 1);
    admission.leave('nobody', 9);

    expect(admission.enter('c', 3)).toBe(true);
    expect(admission.enter('d', 4)).toBe(false);
  });
});
