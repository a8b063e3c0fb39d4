import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { growingWidth } from './pool-width.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the width of a pool', () => {
  test('grows to the most while the machine waits for servers, and tells', () => {
    const changed = vi.fn<() => void>();
    const width = growingWidth(500, () => 0.3);
    const stop = width.watch(changed);

    const before = width.now();
    vi.advanceTimersByTime(1_000);
    stop();

    expect([before, width.now()]).toEqual([64, 500]);
    expect(changed).toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stays as it is while the machine is busy', () => {
    const changed = vi.fn<() => void>();
    const width = growingWidth(500, () => 0.97);
    const stop = width.watch(changed);

    vi.advanceTimersByTime(1_000);
    stop();

    expect(width.now()).toBe(64);
    expect(changed).not.toHaveBeenCalled();
  });

  test('never begins above the most', () => {
    expect(growingWidth(10, () => 0).now()).toBe(10);
  });
});
