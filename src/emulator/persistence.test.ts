import { describe, expect, test } from 'vitest';
import { figure, PERSONAS, pretended } from '../../test/peers/talk.ts';

describe('saving', () => {
  test('in the background takes a moment, and then the changes are saved', () => {
    const { connect, clock } = pretended(PERSONAS[1]);
    const talk = connect();
    talk.say('CONFIG SET save ""');
    talk.say('SET k v');

    expect(talk.say('BGSAVE')).toBe('+Background saving started\r\n');
    expect(figure(talk, 'rdb_bgsave_in_progress')).toBe(1);
    expect(talk.say('BGSAVE')).toBe('-ERR Background save already in progress\r\n');
    expect(talk.say('BGREWRITEAOF')).toMatch(/scheduled/);
    clock.advance(2_000);

    expect(figure(talk, 'rdb_bgsave_in_progress')).toBe(0);
    expect(figure(talk, 'rdb_changes_since_last_save')).toBe(0);
    expect(figure(talk, 'rdb_last_save_time')).toBe(Math.trunc(clock.now() / 1_000) - 2);
    expect(figure(talk, 'aof_rewrite_in_progress')).toBe(1);
  });

  test('happens by itself when the rules say so', () => {
    const { connect, clock } = pretended(PERSONAS[0]);
    const talk = connect();
    talk.say('SET k v');
    const before = talk.say('LASTSAVE');

    clock.advance(901_000);
    talk.say('INFO persistence');
    clock.advance(500);

    expect(talk.say('LASTSAVE')).not.toBe(before);
    expect(figure(talk, 'rdb_changes_since_last_save')).toBe(0);
  });

  test('is cancelled by Valkey', () => {
    const talk = pretended(PERSONAS[3]).connect();

    expect(talk.say('BGSAVE CANCEL')).toMatch(/^-ERR Background saving is currently not/);
    talk.say('BGSAVE');
    expect(talk.say('BGSAVE CANCEL')).toMatch(/^\+Background saving cancelled/);
    expect(pretended(PERSONAS[2]).connect().say('BGSAVE CANCEL')).toBe('-ERR syntax error\r\n');
  });
});
