import { describe, expect, test } from 'vitest';
import { figure, PERSONAS, pretended } from '../../test/peers/talk.ts';

const NOT_FLOAT = '-ERR timeout is not a float or out of range\r\n';
const NEGATIVE = '-ERR timeout is negative\r\n';
const TOO_LONG = '-ERR timeout is out of range\r\n';

describe('the timeout of a command that waits', () => {
  // Measured with the real servers.
  test.each([
    ['nan', NOT_FLOAT, NOT_FLOAT],
    ['1e5000', NOT_FLOAT, NOT_FLOAT],
    ['inf', NEGATIVE, TOO_LONG],
    ['-inf', NEGATIVE, NEGATIVE],
    ['1e400', NEGATIVE, TOO_LONG],
    ['-1e400', NEGATIVE, NEGATIVE],
    ['9223372036854776', NEGATIVE, TOO_LONG],
    ['9223371000000000', '', TOO_LONG],
    ['9000000000000000', '', ''],
    ['-0.001', '', ''],
    ['-1', NEGATIVE, NEGATIVE],
    ['0x10000', '', ''],
    ['1e-3000', '', ''],
  ])('%s is read as each release does', (text, older, newer) => {
    for (const [at, persona] of PERSONAS.entries()) {
      const talk = pretended(persona).connect();

      const reply = talk.run(['BLPOP', 'nothing', text]);
      talk.leave();

      expect({ persona, reply }).toEqual({ persona, reply: at < 2 ? older : newer });
    }
  });
});

describe('a client that waits for several keys', () => {
  test('gets up to 7.0 what is under the key that became ready first, later what it asked for first', () => {
    for (const [at, persona] of PERSONAS.entries()) {
      const { connect } = pretended(persona);
      const [waiting, other] = [connect(), connect()];
      waiting.say('BLPOP one two 0');

      for (const words of ['MULTI', 'RPUSH two b', 'RPUSH one a', 'EXEC']) other.say(words);

      const popped = at < 2 ? '*2\r\n$3\r\ntwo\r\n$1\r\nb\r\n' : '*2\r\n$3\r\none\r\n$1\r\na\r\n';
      expect({ persona, pushed: waiting.pushed }).toEqual({ persona, pushed: [popped] });
    }
  });

  test('reads up to 7.0 the stream that became ready first', () => {
    const { connect } = pretended(PERSONAS[1]);
    const [waiting, other] = [connect(), connect()];
    waiting.say('XREAD BLOCK 0 STREAMS one two $ $');

    for (const words of ['MULTI', 'XADD two 1-1 f b', 'XADD one 1-1 f a', 'EXEC']) other.say(words);

    expect(waiting.pushed.join('')).toContain('two');
    expect(waiting.pushed.join('')).not.toContain('one');
  });
});

describe('what clients make the server hold', () => {
  const big = 'x'.repeat(33_554_432);

  test('counts while they wait and is given back', () => {
    const { connect } = pretended(PERSONAS[1]);
    const [waiting, other] = [connect(), connect()];
    const before = figure(other, 'used_memory');

    waiting.run(['BLPOP', big.slice(0, 1_048_576), '0']);
    const meanwhile = figure(other, 'used_memory');
    waiting.leave();

    expect(meanwhile - before).toBeGreaterThan(2_000_000);
    expect(figure(other, 'used_memory')).toBeLessThan(before + 100_000);
  });

  test.each([
    ['WATCH', (word: string) => ['WATCH', word]],
    ['SUBSCRIBE', (word: string) => ['SUBSCRIBE', word]],
    ['CLIENT TRACKING', (word: string) => ['CLIENT', 'TRACKING', 'on', 'BCAST', 'PREFIX', word]],
  ])('has a limit a client, which shuts nobody else out: %s', (_, words) => {
    const { connect } = pretended(PERSONAS[1]);
    const [greedy, other] = [connect(), connect()];

    const replies = ['a', 'b'].map((letter) => greedy.run(words(letter + big)));

    expect(replies[0]).not.toMatch(/^-/);
    expect(replies[1]).toMatch(/^-OOM/);
    expect(other.run(words('small'))).not.toMatch(/^-/);
    expect(connect().run(['BLPOP', 'nothing', '0'])).toBe('');
  });

  test('has a limit for all', () => {
    const { connect } = pretended(PERSONAS[1]);
    const clients = Array.from({ length: 4 }, () => connect());

    const replies = clients.map((client, at) => client.run(['WATCH', `${at}${big}`]));

    expect(replies.map((reply) => reply.slice(0, 4))).toEqual(['+OK\r', '+OK\r', '+OK\r', '-OOM']);
    expect(connect().run(['BLPOP', big, '0'])).toMatch(/^-OOM/);
  });
});
