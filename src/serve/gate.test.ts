import { describe, expect, test } from 'vitest';
import { createGate } from './gate.ts';

describe('gate', () => {
  test('runs a few at once, lets a few wait, turns the rest away', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 });
    const { promise, resolve } = Promise.withResolvers<string>();

    const first = gate.enter(() => promise);
    const second = gate.enter(async () => 'second');
    const third = gate.enter(async () => 'third');
    resolve('first');

    expect(third).toBeUndefined();
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  test('lets the next one in after one that failed', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 });
    const failing = gate.enter(async () => {
      throw new Error('no');
    });

    const next = gate.enter(async () => 'next');

    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('next');
    expect(await gate.enter(async () => 'again')).toBe('again');
  });
});
