import { describe, expect, test } from 'vitest';
import { PERSONAS, pretended } from '../../../test/peers/talk.ts';

describe('OBJECT IDLETIME', () => {
  test.each(['TYPE k', 'TTL k', 'PTTL k', 'EXISTS k', 'OBJECT ENCODING k', 'SCAN 0 TYPE string'])(
    'goes on counting over %s',
    (words) => {
      const { clock, connect } = pretended(PERSONAS[1]);
      const talk = connect();
      talk.say('SET k v');
      talk.say('GET k');

      clock.advance(60_000);
      talk.say(words);

      expect(talk.say('OBJECT IDLETIME k')).toBe(':60\r\n');
    },
  );

  test.each(['TOUCH k', 'GET k', 'EXPIRE k 1000'])('begins anew with %s', (words) => {
    const { clock, connect } = pretended(PERSONAS[1]);
    const talk = connect();
    talk.say('SET k v');
    talk.say('GET k');

    clock.advance(60_000);
    talk.say(words);

    expect(talk.say('OBJECT IDLETIME k')).toBe(':0\r\n');
  });
});
