import { describe, expect, test } from 'vitest';
import { PERSONAS, pretended } from '../../../test/peers/talk.ts';

describe('LOLWUT', () => {
  test('draws by the release, and ends with the version', () => {
    const say = (persona: string, words: string): string => pretended(persona).connect().say(words);

    expect(say(PERSONAS[0], 'LOLWUT').match(/\u001b\[0;\d+;\d+m \u001b\[0m/g)).toHaveLength(80 * 20);
    expect(say(PERSONAS[1], 'LOLWUT')).toBe('$18\r\nRedis ver. 7.0.15\n\r\n');
    expect(say(PERSONAS[2], 'LOLWUT')).toMatch(/Redis ver\. 8\.0\.2\n\r\n$/);
    expect(say(PERSONAS[3], 'LOLWUT VERSION 6 3 2').match(/ \u001b\[0m\n/g)).toHaveLength(2);
    expect(say(PERSONAS[1], 'LOLWUT VERSION 5 1')).toContain('\n\nGeorg Nees');
  });

  test('draws nothing endless', () => {
    const talk = pretended(PERSONAS[0]).connect();

    expect(talk.say('LOLWUT VERSION 6 999999999 999999999').length).toBeLessThan(5_000_000);
    expect(talk.say('LOLWUT VERSION 5 999999999 999999999 999999999').length).toBeLessThan(5_000_000);
  });
});
