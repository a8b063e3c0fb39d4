import { describe, expect, test } from 'vitest';
import { createAdmission } from './admission.ts';
import { DEFAULT_LIMITS } from './limits.ts';

const limits = { ...DEFAULT_LIMITS, connections: 3, connectionsPerSource: 2 };

describe('admission', () => {
  test('lets in as many as there is room for, and as many from one address', () => {
    const admission = createAdmission(limits);

    const allowed = ['a', 'a', 'a', 'b', 'c'].map((address) => admission.enter(address));

    expect(allowed).toEqual([true, true, false, true, false]);
  });

  test('gives a place again once someone has left', () => {
    const admission = createAdmission(limits);
    for (const address of ['a', 'a', 'b']) admission.enter(address);

    admission.leave('a');
    admission.leave('nobody');

    expect(admission.enter('c')).toBe(true);
    expect(admission.enter('a')).toBe(false);
  });
});
