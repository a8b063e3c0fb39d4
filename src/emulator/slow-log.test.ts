import { describe, expect, test } from 'vitest';
import { PERSONAS, pretended } from '../../test/peers/talk.ts';
import { createCommandLogs, emptyLog } from './slow-log.ts';

describe('the slow log', () => {
  test('shortens long arguments and long commands', () => {
    const talk = pretended(PERSONAS[0]).connect();
    talk.say('CONFIG SET slowlog-log-slower-than 0');

    talk.run(['SET', 'k', 'x'.repeat(200)]);
    talk.run(['MSET', ...Array.from({ length: 80 }, () => 'a')]);

    const log = talk.say('SLOWLOG GET 2');
    expect(log).toContain('... (72 more bytes)');
    expect(log).toContain('... (50 more arguments)');
  });

  test('keeps passwords to itself from 6.2 on', () => {
    const talk = pretended(PERSONAS[1]).connect();
    talk.say('CONFIG SET slowlog-log-slower-than 0');

    for (const words of [
      'AUTH hush',
      'CONFIG SET timeout 0 masterauth hush',
      'ACL SETUSER u >hush',
      'HELLO 2 AUTH u hush',
    ])
      talk.say(words);

    const log = talk.say('SLOWLOG GET');
    expect(log).toContain('(redacted)');
    expect(log).not.toContain('hush');
  });

  test('is emptied for who empties it only', () => {
    const { connect } = pretended(PERSONAS[0]);
    const [one, other] = [connect('192.0.2.1'), connect('198.51.100.1')];
    one.say('CONFIG SET slowlog-log-slower-than 0');
    one.say('PING');

    one.say('SLOWLOG RESET');
    one.say('CONFIG SET slowlog-log-slower-than -1');

    expect(one.say('SLOWLOG LEN')).toBe(':1\r\n');
    expect(other.say('SLOWLOG GET')).toContain('PING');
  });

  test('does not remember without end who has emptied it', () => {
    const logs = createCommandLogs();

    for (let number = 0; number < 3_000; number++) emptyLog({ logs, view: { group: { number } } }, 'slow');

    expect(logs.slow.emptied.size).toBeLessThanOrEqual(1_024);
    expect(logs.slow.emptied.has(2_999)).toBe(true);
  });

  test('has no more entries than the setting says', () => {
    const talk = pretended(PERSONAS[3]).connect();
    talk.say('CONFIG SET slowlog-log-slower-than 0 slowlog-max-len 3');

    for (let at = 0; at < 10; at++) talk.say('PING');

    expect(talk.say('COMMANDLOG LEN slow')).toBe(':3\r\n');
  });

  test('of Valkey knows large replies', () => {
    const talk = pretended(PERSONAS[3]).connect();
    talk.run(['SET', 'k', 'x'.repeat(1_200_000)]);

    talk.say('GET k');

    expect(talk.say('COMMANDLOG GET -1 large-reply')).toMatch(
      /^\*1\r\n\*6\r\n:0\r\n:\d+\r\n:1200\d+\r\n\*2\r\n\$3\r\nGET\r\n/,
    );
  });
});
