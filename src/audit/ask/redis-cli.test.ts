import { describe, expect, test } from 'vitest';
import { adviceFor, isPlain, redisCli } from './redis-cli.ts';
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

  test.for(['a;reboot', '$(id)', '`id`', '-x', 'a b', "a'", ''])('a word like %j is not plain', (word) => {
    expect(isPlain(word)).toBe(false);
  });
});
