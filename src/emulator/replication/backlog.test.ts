import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBacklog } from './backlog.ts';

describe('a backlog', () => {
  test('has the last bytes, at most as many as it is made for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary-ascii' }), { maxLength: 200 }),
        fc.nat(300),
        (parts, count) => {
          const backlog = createBacklog(100);
          for (const part of parts) backlog.add(part);
          const all = parts.join('');

          const last = backlog.last(count);

          const held = count <= Math.min(100, all.length);
          expect(last).toBe(held ? all.slice(all.length - count) : undefined);
          expect(backlog.length).toBeLessThanOrEqual(300);
        },
      ),
    );
  });

  test('forgets what it has no room for', () => {
    const backlog = createBacklog(4);

    for (const part of ['abc', 'def', 'ghi']) backlog.add(part);

    expect(backlog.last(4)).toBe('fghi');
    expect(backlog.last(5)).toBeUndefined();
  });
});
