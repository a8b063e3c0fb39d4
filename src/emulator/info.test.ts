import { describe, expect, test } from 'vitest';
import { figure, PERSONAS, pretended } from '../../test/peers/talk.ts';

describe('INFO', () => {
  test.for(PERSONAS)('of %s agrees with itself', (persona) => {
    const { connect, clock } = pretended(persona);
    const talk = connect();
    for (let at = 0; at < 50; at++) talk.say(`SET k${at} ${'x'.repeat(at)}`);
    clock.advance(1_500);

    const text = talk.say('INFO memory');
    const of = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(text)?.[1]);

    expect(of('used_memory_peak')).toBeGreaterThanOrEqual(of('used_memory'));
    expect(of('used_memory_overhead') + of('used_memory_dataset')).toBe(of('used_memory'));
    expect(of('mem_fragmentation_bytes')).toBe(of('used_memory_rss') - of('used_memory'));
    expect(of('allocator_rss_bytes')).toBe(of('allocator_resident') - of('allocator_active'));
    expect(of('rss_overhead_bytes')).toBe(of('used_memory_rss') - of('allocator_resident'));
    expect(of('allocator_active')).toBeGreaterThan(of('allocator_allocated'));
    expect(of('allocator_allocated')).toBeGreaterThan(of('used_memory'));
  });

  test.for(PERSONAS)('of %s counts what was done, without itself', (persona) => {
    const talk = pretended(persona).connect();
    talk.say('CONFIG RESETSTAT');
    const before = figure(talk, 'total_commands_processed');

    for (const words of ['SET k v', 'GET k', 'GET missing', 'EXISTS k missing', 'LPUSH k x', 'NOSUCH'])
      talk.say(words);

    // The question itself is counted by the next one.
    expect(figure(talk, 'total_commands_processed')).toBe(before + 1 + 5);
    expect(figure(talk, 'keyspace_hits')).toBe(2);
    expect(figure(talk, 'keyspace_misses')).toBe(2);
    expect(talk.say('INFO commandstats')).toMatch(/cmdstat_get:calls=2,/);
    expect(talk.say('INFO keyspace')).toMatch(/db0:keys=1,expires=0,avg_ttl=0/);
  });

  test('counts errors by their first word from 6.2 on', () => {
    const talk = pretended(PERSONAS[1]).connect();
    for (const words of ['SET k v', 'LPUSH k x', 'GET', 'NOSUCH', 'CONFIG SET nosuch 1']) talk.say(words);

    const text = talk.say('INFO errorstats');

    expect(text).toContain('errorstat_ERR:count=3\r\nerrorstat_WRONGTYPE:count=1\r\n');
    expect(figure(talk, 'total_error_replies')).toBe(4);
    expect(talk.say('INFO commandstats')).toMatch(/cmdstat_lpush:calls=1,.*rejected_calls=0,failed_calls=1/);
    expect(talk.say('INFO commandstats')).toMatch(/cmdstat_get:calls=0,.*rejected_calls=1,failed_calls=0/);
  });

  test('takes several sections from 7.0 on, and one before', () => {
    const [older, newer] = [pretended(PERSONAS[0]).connect(), pretended(PERSONAS[1]).connect()];

    expect(older.say('INFO keyspace cluster')).toBe('-ERR syntax error\r\n');
    expect(newer.say('INFO keyspace nosuch CLUSTER')).toContain(
      '# Cluster\r\ncluster_enabled:0\r\n\r\n# Keyspace\r\n',
    );
    expect(newer.say('INFO nosuch')).toBe('$0\r\n\r\n');
  });

  test('shows the room for a bulk string that was announced, until the client goes', () => {
    const { connect } = pretended(PERSONAS[1]);
    const [talk, other] = [connect(), connect('198.51.100.1')];
    talk.say('INFO');
    const before = figure(talk, 'used_memory');

    other.account(15, 0, 536_870_912);
    const during = figure(talk, 'used_memory');
    other.leave();

    expect(during - before).toBe(671_088_640);
    expect(figure(talk, 'used_memory')).toBeLessThan(before + 1_000);
    expect(figure(talk, 'used_memory_peak')).toBeGreaterThan(671_088_640);
    expect(talk.say('SET k v')).toBe('+OK\r\n');
  });

  test('tells commands a second by sixteen samples of a tenth', () => {
    const { connect, clock } = pretended(PERSONAS[0]);
    const talk = connect();
    talk.say('PING');
    clock.advance(100);

    for (let at = 0; at < 159; at++) talk.say('PING');
    clock.advance(100);

    expect(figure(talk, 'instantaneous_ops_per_sec')).toBe(100);
    clock.advance(1_700);
    expect(figure(talk, 'instantaneous_ops_per_sec')).toBeLessThan(3);
  });
});
