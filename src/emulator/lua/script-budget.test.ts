import { describe, expect, test } from 'vitest';
import { createScriptBudget } from './script-budget.ts';

describe('what the scripts of one network may cost', () => {
  test('is little for the server and much for the thread', () => {
    const budget = createScriptBudget(() => 0);

    expect([budget.heldMs('a'), budget.longestMs('a')]).toEqual([100, 15_000]);
  });

  test('shrinks for who makes all others wait, and for nobody else', () => {
    const budget = createScriptBudget(() => 0);

    for (let round = 0; round < 40; round++) budget.spent('a', 100, 15_000);

    expect([budget.heldMs('a'), budget.longestMs('a')]).toEqual([5, 250]);
    expect([budget.heldMs('b'), budget.longestMs('b')]).toEqual([100, 15_000]);
  });

  test('comes back after a while', () => {
    let time = 0;
    const budget = createScriptBudget(() => time);
    budget.spent('a', 5_000, 100_000);

    time = 600_000;

    expect(budget.longestMs('a')).toBe(15_000);
  });
});
