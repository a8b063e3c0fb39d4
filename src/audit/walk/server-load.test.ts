import { describe, expect, test } from 'vitest';
import { parseInfo } from '../../redis/info.ts';
import { serverLoad } from './server-load.ts';

function load(...lines: string[]): ReturnType<typeof serverLoad> {
  return serverLoad(parseInfo(lines.join('\r\n')));
}

describe('the load of a server', () => {
  test('is nothing to care for when INFO says nothing', () => {
    expect(serverLoad(undefined)).toEqual({ busy: undefined, tight: false });
    expect(load('loading:0', 'rdb_bgsave_in_progress:0')).toEqual({ busy: undefined, tight: false });
  });

  test('is not that clients wait for work, as those of every queue do', () => {
    expect(load('blocked_clients:500').busy).toBeUndefined();
  });

  test('of a full cache that evicts asks for small replies, not to stop', () => {
    const cache = load('maxmemory:1000', 'used_memory:999', 'maxmemory_policy:allkeys-lru');

    expect(cache).toEqual({ busy: undefined, tight: true });
  });

  test('of a full server that evicts nothing asks to stop', () => {
    const full = load('maxmemory:1000', 'used_memory:999', 'maxmemory_policy:noeviction');

    expect(full.busy).toContain('memory is nearly full');
    expect(load('maxmemory:1000', 'used_memory:500', 'maxmemory_policy:noeviction').busy).toBeUndefined();
  });

  test('is not told by numbers that are none', () => {
    expect(load('maxmemory:x', 'used_memory:-', 'loading:yes')).toEqual({ busy: undefined, tight: false });
  });
});
