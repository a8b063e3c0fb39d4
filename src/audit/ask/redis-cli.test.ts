import { describe, expect, test } from 'vitest';
import { adviceFor, isPlain, redisCli, valkeyWords } from './redis-cli.ts';
import { parseTarget } from './target.ts';

function target(text: string) {
  const found = parseTarget(text);
  if ('fault' in found) throw new Error(found.fault);
  return found;
}

describe('the command an operator can paste', () => {
  test.for([
    ['127.0.0.1', 'redis-cli'],
    ['127.0.0.1:6390', 'redis-cli -h 127.0.0.1 -p 6390'],
    ['rediss://[2001:db8::1]', 'redis-cli -h 2001:db8::1 -p 6379 --tls'],
    ['redis://:secret@127.0.0.1', 'redis-cli --askpass'],
    ['redis://ann:secret@192.0.2.1', 'redis-cli -h 192.0.2.1 -p 6379 --user ann --askpass'],
    ['redis://$(id):secret@127.0.0.1', 'redis-cli --askpass'],
  ] as const)('for %s is %s', ([text, command]) => {
    expect(redisCli(target(text))).toBe(command);
  });

  test('stands in every line of advice, and asks for a password once', () => {
    const advice =
      'Look: redis-cli GETRANGE KEY 0 9\nThen: redis-cli --askpass CONFIG REWRITE with redis-cli';

    expect(adviceFor(target('192.0.2.1'), advice)).toBe(
      'Look: redis-cli -h 192.0.2.1 -p 6379 GETRANGE KEY 0 9\nThen: redis-cli -h 192.0.2.1 -p 6379 --askpass CONFIG REWRITE with redis-cli',
    );
    expect(adviceFor(target('redis://:x@127.0.0.1'), advice)).toContain('redis-cli --askpass CONFIG REWRITE');
  });

  test('is the one of the same server where a copy of its data is taken, or another user logs in', () => {
    const advice = 'Keep it: redis-cli --rdb evidence.rdb ; redis-cli --user admin --askpass CONFIG REWRITE';

    expect(adviceFor(target('redis://ann:x@192.0.2.1'), advice)).toBe(
      'Keep it: redis-cli -h 192.0.2.1 -p 6379 --user ann --askpass --rdb evidence.rdb ; redis-cli -h 192.0.2.1 -p 6379 --user admin --askpass CONFIG REWRITE',
    );
  });

  test('has the names of Valkey where that runs, and leaves packages alone', () => {
    expect(valkeyWords('redis-cli PING\nIn redis.conf: dir /var/lib/redis\nchown redis:redis FILE')).toBe(
      'valkey-cli PING\nIn valkey.conf: dir /var/lib/valkey\nchown valkey:valkey FILE',
    );
    expect(valkeyWords('the image redis:7, redis_build_id')).toBe('the image redis:7, redis_build_id');
  });

  test.for(['a;reboot', '$(id)', '`id`', '-x', 'a b', "a'", ''])('a word like %j is not plain', (word) => {
    expect(isPlain(word)).toBe(false);
  });
});
