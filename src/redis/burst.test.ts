import { describe, expect, test } from 'vitest';
import type { Act } from '../model/act.ts';
import { createBurstCounter } from './burst.ts';

const command = (name: string, ...args: string[]): Act => ({
  type: 'redis.command',
  name,
  args,
  db: 0,
  reply: 'ok',
});
const value = (text: string): Act => ({ type: 'redis.value', db: 0, key: 'k', kind: 'string', value: text });
const setting: Act = { type: 'redis.setting', name: 'dir', value: '/', accepted: true };

describe('burst counter', () => {
  test('lets the first plain commands through and counts those after', () => {
    const burst = createBurstCounter(2);
    const admitted = [1, 2, 3, 4].map((at) => burst.admit([command('get', `k${at}`)], at).length);

    expect(admitted).toEqual([1, 1, 0, 0]);
    expect(burst.take(10)).toEqual({
      type: 'redis.burst',
      counts: { get: 2 },
      samples: { get: ['k3'] },
      ms: 7,
    });
    expect(burst.take(11)).toBeUndefined();
  });

  test('swallows plain commands only beyond the budget', () => {
    const burst = createBurstCounter(1);

    expect(burst.swallow('ping', ['PING'], 0)).toBe(false);
    burst.admit([command('ping')], 0);
    expect(burst.swallow('ping', ['PING'], 0)).toBe(true);
    expect(burst.swallow('config', ['CONFIG', 'SET', 'dir', '/'], 0)).toBe(false);
    expect(burst.take(0)).toMatchObject({ counts: { ping: 1 }, samples: { ping: [] } });
  });

  test.for<[string, Act[]]>([
    ['a long value', [command('set', 'k', 'x'.repeat(65)), value('x'.repeat(65))]],
    ['a value with a line end', [command('set', 'k', '\nid'), value('\nid')]],
    ['a setting', [command('config|set', 'dir', '/'), setting]],
    ['a command with a long argument', [command('system.exec', 'x'.repeat(65))]],
    ['an act that is no command', [setting]],
  ])('never folds %s', ([, acts]) => {
    const burst = createBurstCounter(0);

    for (let time = 0; time < 50; time++) expect(burst.admit(acts, time)).toBe(acts);
    expect(burst.swallow('set', ['SET', 'k', 'x'.repeat(65)], 0)).toBe(false);
    expect(burst.take(50)).toBeUndefined();
  });

  test('records each other command as often as the budget says, then counts it too', () => {
    const burst = createBurstCounter(3);
    const names = ['module|list', 'keys', 'module|list', 'module|list', 'module|list', 'keys'];

    expect(names.map((name) => burst.admit([command(name)], 0).length)).toEqual([1, 1, 1, 1, 0, 1]);
    expect(burst.take(0)?.counts).toEqual({ 'module|list': 1 });
  });

  test('counts invented names together', () => {
    const burst = createBurstCounter(1);

    for (let at = 0; at < 1_000; at++) burst.admit([command(`name${at}`)], 0);
    burst.admit([command('__proto__')], 0);
    const told = burst.take(0);

    expect(Object.keys(told?.counts ?? {}).length).toBeLessThanOrEqual(65);
    expect(Object.values(told?.counts ?? {}).reduce((sum, one) => sum + one, 0)).toBe(1_001 - 65);
  });
});
