import { describe, expect, test } from 'vitest';
import { PERSONAS, pretended } from '../../../test/peers/talk.ts';

describe('DEBUG DIGEST', () => {
  // Measured: the real 6.0.16, 7.0.15, 8.0.2 and Valkey 8.1.1 all answer this.
  test.for(PERSONAS)('of %s is that of the real servers', (persona) => {
    const talk = pretended(persona).connect();
    for (const words of [
      'ZADD z 1.5 a 2 b',
      'HSET h a 1 b 2',
      'SADD s x y',
      'RPUSH l a b',
      'XADD x 1-1 f v',
      'SET e v EX 100',
    ])
      talk.say(words);

    expect(talk.say('DEBUG DIGEST')).toBe('+23873c757405ac6da83056667231d66fa0859651\r\n');
    expect(talk.say('DEBUG DIGEST-VALUE z')).toContain('445b877af3c3ec83af30529ddbbdda3185172254');
    expect(talk.say('DEBUG DIGEST-VALUE missing')).toContain('0'.repeat(40));
  });
});
