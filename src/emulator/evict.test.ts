import { describe, expect, test } from 'vitest';
import { figure, PERSONAS, pretended } from '../../test/peers/talk.ts';

const fill = (policy: string) => {
  const server = pretended(PERSONAS[1]);
  const talk = server.connect();
  talk.say(`CONFIG SET maxmemory 3mb maxmemory-policy ${policy} notify-keyspace-events KEe`);
  const replies = new Set<string>();
  for (let at = 0; at < 3_000; at++) {
    server.clock.advance(1);
    replies.add(talk.run(['SET', `k${at}`, 'x'.repeat(1_000), ...(at % 2 === 0 ? ['EX', '1000'] : [])]));
  }
  return { ...server, talk, replies };
};

describe('maxmemory', () => {
  test.for(['allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-lru', 'volatile-ttl'])(
    'with %s makes room',
    (policy) => {
      const { talk, replies } = fill(policy);

      expect([...replies]).toEqual(['+OK\r\n']);
      expect(figure(talk, 'evicted_keys')).toBeGreaterThan(500);
      expect(talk.say('GET k2999')).not.toBe('$-1\r\n');
    },
  );

  test('with allkeys-lru takes rather what was not used for long', () => {
    const { talk } = fill('allkeys-lru');
    const there = (from: number, to: number): number => {
      let count = 0;
      for (let at = from; at < to; at++) if (talk.say(`EXISTS k${at}`) === ':1\r\n') count++;
      return count;
    };

    expect(there(2_500, 3_000)).toBeGreaterThan(there(0, 500));
  });

  test('with noeviction refuses what needs memory', () => {
    const { talk, replies } = fill('noeviction');

    expect([...replies]).toContain("-OOM command not allowed when used memory > 'maxmemory'.\r\n");
    expect(talk.say('GET k0')).toMatch(/^\$1000/);
    expect(talk.say('DEL k0')).toBe(':1\r\n');
  });

  test('tells of evicted keys', () => {
    const { connect } = pretended(PERSONAS[1]);
    const [talk, listener] = [connect(), connect()];
    listener.say('PSUBSCRIBE __keyevent@*__:evicted');
    talk.say('CONFIG SET notify-keyspace-events Ee maxmemory-policy allkeys-random');
    for (let at = 0; at < 100; at++) talk.run(['SET', `k${at}`, 'x'.repeat(1_000)]);

    talk.say('CONFIG SET maxmemory 1mb');

    expect(listener.pushed.join('')).toMatch(/__keyevent@0__:evicted\r\n\$\d+\r\nk\d+/);
  });
});
