import { describe, expect, test } from 'vitest';
import type { Act, ActOf } from '../../model/act.ts';
import { cleanValues } from './clean-values.ts';

type Known = Parameters<typeof cleanValues>[0];

/** A rule that holds on every value with `evil` in it, and counts how often it is asked. */
function countingRules(): { known: Known; asked: () => number } {
  let asked = 0;
  const match = (act: Act): never[] => {
    asked += 1;
    return act.type === 'redis.value' && act.value.includes('evil') ? ([{}] as never[]) : [];
  };
  const campaigns = { keyNames: [], signs: () => [], named: () => [] };
  return { known: { rules: { match }, campaigns }, asked: () => asked };
}

function value(change: Partial<ActOf<'redis.value'>>): ActOf<'redis.value'> {
  return { type: 'redis.value', db: 0, key: 'k', kind: 'string', value: 'v', ...change };
}

describe('clean values', () => {
  test('are judged once, on however many servers they are', () => {
    const { known, asked } = countingRules();

    const told = Array.from({ length: 100 }, () => cleanValues(known).isClean(value({})));

    expect(told.every(Boolean)).toBe(true);
    expect(asked()).toBe(1);
  });

  test('are not what a rule holds on, however often it comes', () => {
    const { known } = countingRules();

    const told = Array.from({ length: 5 }, () => cleanValues(known).isClean(value({ value: 'evil' })));

    expect(told).toEqual([false, false, false, false, false]);
  });

  test('are told apart by everything that a rule may look at', () => {
    const { known, asked } = countingRules();
    const all = [
      value({}),
      value({ db: 1 }),
      value({ key: 'l' }),
      value({ kind: 'hash' }),
      value({ field: '' }),
      value({ field: 'v', value: '' }),
      value({ key: 'kv', value: '' }),
      value({ key: '', value: 'kv' }),
      value({ value: 'v'.repeat(5_000) }),
      value({ value: `${'v'.repeat(4_999)}w` }),
    ];

    for (const act of [...all, ...all]) cleanValues(known).isClean(act);

    expect(asked()).toBe(all.length);
  });

  test('are judged again by other rules', () => {
    const before = countingRules();
    cleanValues(before.known).isClean(value({}));
    const after = countingRules();

    cleanValues(after.known).isClean(value({}));

    expect(after.asked()).toBe(1);
  });
});
