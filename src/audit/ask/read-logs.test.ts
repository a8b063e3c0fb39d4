import { describe, expect, test } from 'vitest';
import type { Reply } from '../../wire/reply.ts';
import { createReplyDecoder } from '../../wire/reply-decoder.ts';
import { array, bulk, bulks } from '../../wire/resp-reply.ts';
import { REPLY_LIMITS } from '../limits.ts';
import { readDeniedCalls, readSlowCalls } from './read-logs.ts';

function reply(bytes: string): Reply {
  const decoder = createReplyDecoder(REPLY_LIMITS);
  decoder.push(bytes);
  const found = decoder.next();
  if (found === undefined || found.kind === 'fault') throw new Error('no whole reply');
  return found;
}

const slow = (words: readonly string[], client = ''): string =>
  array([':7\r\n', ':1700000000\r\n', ':12345\r\n', bulks(words), bulk(client), bulk('')]);

describe('SLOWLOG', () => {
  test('is read with words, time and client', () => {
    const calls = readSlowCalls(reply(array([slow(['SET', 'backup1', '\n*/2 * * * *'], '192.0.2.9:4000')])));

    expect(calls).toEqual([
      {
        time: 1_700_000_000,
        micros: 12_345,
        argv: ['SET', 'backup1', '\n*/2 * * * *'],
        client: '192.0.2.9:4000',
      },
    ]);
  });

  test('of a server before 4.0 names no client', () => {
    const old = array([':7\r\n', ':1700000000\r\n', ':12345\r\n', bulks(['KEYS', '*'])]);

    expect(readSlowCalls(reply(array([old])))).toMatchObject([{ argv: ['KEYS', '*'], client: '' }]);
  });

  test('of a hostile server is cut', () => {
    const endless = slow(Array.from({ length: 50 }, () => 'x'.repeat(1_000)));

    const calls = readSlowCalls(reply(array(Array.from({ length: 130 }, () => endless)))) ?? [];

    expect(calls).toHaveLength(128);
    expect(calls[0]?.argv).toHaveLength(32);
    expect(calls[0]?.argv[0]).toHaveLength(256);
  });

  test.for(['+OK\r\n', ':1\r\n', '-ERR no\r\n', '$-1\r\n'])('is not visible in %j', (bytes) => {
    expect(readSlowCalls(reply(bytes))).toBeUndefined();
  });

  test.for(['*1\r\n*0\r\n', '*1\r\n:5\r\n', '*1\r\n*4\r\n$1\r\nx\r\n$1\r\nx\r\n$1\r\nx\r\n*0\r\n'])(
    'leaves out what is no entry: %j',
    (bytes) => {
      expect(readSlowCalls(reply(bytes))).toEqual([]);
    },
  );
});

describe('ACL LOG', () => {
  const entry = (fields: Readonly<Record<string, string>>): string => bulks(Object.entries(fields).flat());

  test('is read with user, object and the address of the client', () => {
    const calls = readDeniedCalls(
      reply(
        array([
          `*14\r\n${bulk('count')}:3\r\n${bulk('reason')}${bulk('auth')}${bulk('object')}${bulk('AUTH')}${bulk('username')}${bulk('admin')}${bulk('age-seconds')}${bulk('61.5')}${bulk('client-info')}${bulk('id=3 addr=192.0.2.9:4000 laddr=127.0.0.1:6379 fd=8')}${bulk('context')}${bulk('toplevel')}`,
        ]),
      ),
    );

    expect(calls).toEqual([
      { count: 3, reason: 'auth', object: 'AUTH', user: 'admin', ageSeconds: 61.5, client: '192.0.2.9:4000' },
    ]);
  });

  test('of a hostile server is cut, and its numbers are numbers', () => {
    const hostile = entry({
      reason: 'x'.repeat(5_000),
      'age-seconds': 'NaN',
      'client-info': `${'a'.repeat(5_000)} addr=192.0.2.1:1`,
    });

    const calls = readDeniedCalls(reply(array(Array.from({ length: 500 }, () => hostile)))) ?? [];

    expect(calls).toHaveLength(128);
    expect(calls[0]).toMatchObject({ count: 1, ageSeconds: 0, client: '' });
    expect(calls[0]?.reason).toHaveLength(256);
  });
});
