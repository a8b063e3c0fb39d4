import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../platform/clock.ts';
import { seededRandom } from '../platform/random.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';
import { loadPersona } from './persona.ts';
import { createRedisServer } from './server.ts';

interface Talk {
  say(words: string): string;
  run(argv: readonly string[]): string;
  readonly pushed: string[];
}

function server(start = 1_700_000_000_000) {
  const clock = fixedClock(start);
  const redis = createRedisServer({
    persona: loadPersona(),
    clock,
    random: seededRandom(3),
    port: 6_379,
    maxClients: 100,
  });
  let port = 40_000;
  const connect = (): Talk => {
    const pushed: string[] = [];
    const client = redis.connect(
      { address: '192.0.2.1', port: port++, localAddress: '192.0.2.2', localPort: 6_379 },
      { send: (bytes) => void pushed.push(bytes), close: () => undefined, resume: () => undefined },
    );
    const run = (argv: readonly string[]): string => {
      client?.begin();
      return client?.run({ kind: 'request', argv, cut: [], dropped: 0 }) ?? '';
    };
    return { run, say: (words) => run(inlineArguments(words) ?? []), pushed };
  };
  return { clock, redis, connect };
}

const usedMemory = (talk: Talk): number => Number(/used_memory:(\d+)/.exec(talk.say('INFO memory'))?.[1]);

describe('the memory of the emulator', () => {
  test('has a ceiling that holds whatever maxmemory says, and FLUSHALL frees it', () => {
    const talk = server().connect();
    const before = usedMemory(talk);
    const block = 'x'.repeat(8_000_000);
    expect(talk.say('CONFIG SET maxmemory 0')).toBe('+OK\r\n');

    let stored = 0;
    while (stored < 100 && talk.run(['SET', `k${stored}`, block]) === '+OK\r\n') stored++;

    expect(stored).toBe(34);
    expect(talk.run(['APPEND', 'k0', 'more'])).toMatch(/^-OOM /);
    expect(talk.say('GET missing')).toBe('$-1\r\n');
    expect(talk.say('FLUSHALL')).toBe('+OK\r\n');
    expect(usedMemory(talk)).toBe(before);
    expect(talk.say('SET k v')).toBe('+OK\r\n');
  });

  test('counts queues, subscriptions and watched keys of clients, until they go', () => {
    const { connect } = server();
    const [watching, busy] = [connect(), connect()];
    const before = usedMemory(watching);

    busy.run(['WATCH', 'w'.repeat(10_000)]);
    busy.say('MULTI');
    busy.run(['SET', 'k', 'v'.repeat(50_000)]);
    const during = usedMemory(watching);
    busy.say('DISCARD');

    expect(during - before).toBeGreaterThan(60_000);
    expect(usedMemory(watching)).toBe(before);
  });

  test('refuses to queue, subscribe or store for a client without end', () => {
    const talk = server().connect();
    talk.say('MULTI');

    let queued = 0;
    while (queued < 50_000 && talk.say('PING') === '+QUEUED\r\n') queued++;

    expect(queued).toBe(20_000);
    expect(talk.say('EXEC')).toMatch(/^-EXECABORT /);
    expect(talk.run(['SUBSCRIBE', ...Array.from({ length: 10_001 }, (_, at) => `c${at}`)])).toMatch(/^-ERR /);
  });
});

test('memory of keys past their time is given back when it is needed', () => {
  const { clock, connect } = server();
  const talk = connect();
  talk.say('CONFIG SET maxmemory 3mb');
  talk.run(['SET', 'old', 'x'.repeat(3_000_000), 'PX', '1000']);
  expect(talk.say('SET k v')).toMatch(/^-OOM /);

  clock.advance(2_000);

  expect(talk.say('SET k v')).toBe('+OK\r\n');
});

describe('a server that a visitor has locked', () => {
  test('is open again for others some time after', () => {
    const { clock, connect } = server();
    connect().say('CONFIG SET requirepass secret');
    expect(connect().say('PING')).toBe('-NOAUTH Authentication required.\r\n');

    clock.advance(1_700_000);
    expect(connect().say('PING')).toMatch(/^-NOAUTH/);
    clock.advance(200_000);

    expect(connect().say('PING')).toBe('+PONG\r\n');
    expect(connect().say('CONFIG GET requirepass')).toMatch(/\$0\r\n\r\n$/);
  });

  test('is its own master again some time after it was made a replica', () => {
    const { clock, connect } = server();
    connect().say('SLAVEOF 198.51.100.1 6379');
    connect();

    clock.advance(1_900_000);

    expect(connect().say('SET k v')).toBe('+OK\r\n');
  });
});

describe('INFO', () => {
  test('tells what happened: commands, keys, misses, saves, clients', () => {
    const { clock, connect } = server();
    const [talk] = [connect(), connect()];
    talk.say('MSET a 1 b 2 c 3');
    talk.say('EXPIRE a 100');
    talk.say('GET a');
    talk.say('GET missing');
    talk.say('SELECT 3');
    talk.say('SET d 4');

    const info = talk.say('INFO all');
    talk.say('SAVE');
    clock.advance(5_000);
    const later = talk.say('INFO');

    expect(info).toContain('db0:keys=3,expires=1,avg_ttl=100000\r\ndb3:keys=1,expires=0,avg_ttl=0\r\n');
    expect(info).toContain('keyspace_hits:1\r\nkeyspace_misses:1\r\n');
    expect(info).toContain('connected_clients:2\r\n');
    expect(info).toContain('cmdstat_get:calls=2,');
    expect(info).toContain('rdb_changes_since_last_save:5\r\n');
    expect(later).toContain('rdb_changes_since_last_save:0\r\n');
    expect(later).toContain('rdb_last_save_time:1700000000\r\n');
    expect(later).toContain('os:Linux ');
  });

  test('of two sensors shares no id', () => {
    const one = server().connect().say('INFO');
    const redis = createRedisServer({
      persona: loadPersona(),
      clock: fixedClock(1_700_000_000_000),
      random: seededRandom(4),
      port: 1,
      maxClients: 9,
    });
    const link = { send: () => undefined, close: () => undefined, resume: () => undefined };
    const client = redis.connect({ address: 'a', port: 1, localAddress: 'b', localPort: 2 }, link);
    const other = client?.run({ kind: 'request', argv: ['INFO'], cut: [], dropped: 0 }) ?? '';

    for (const field of ['run_id', 'process_id', 'master_replid']) {
      const value = new RegExp(`${field}:([0-9a-f]+)`);
      expect(value.exec(one)?.[1]).not.toBe(value.exec(other)?.[1]);
    }
  });
});

describe('the command table', () => {
  test('runs every command it tells of', () => {
    const talk = server().connect();
    const names = [...talk.say('COMMAND').matchAll(/\*7\r\n\$\d+\r\n([^\r]+)\r\n/g)].map(
      ([, name]) => name ?? '',
    );

    const count = talk.say('COMMAND COUNT');
    const unknown = names.filter((name) => talk.run([name]).includes('unknown command'));

    expect(names.length).toBeGreaterThan(120);
    expect(count).toBe(`:${names.length}\r\n`);
    expect(unknown).toEqual([]);
  });

  test('never throws, whatever arguments a command gets', () => {
    const talk = server().connect();
    const names = [...talk.say('COMMAND').matchAll(/\*7\r\n\$\d+\r\n([^\r]+)\r\n/g)].map(
      ([, name]) => name ?? '',
    );
    const word = fc.oneof(
      fc.constantFrom(
        'k',
        'l',
        '0',
        '-1',
        '1',
        '9223372036854775807',
        '-9223372036854775808',
        '*',
        '[',
        '',
        '\0',
      ),
      fc.constantFrom(
        'GET',
        'SET',
        'LIST',
        'COUNT',
        'MATCH',
        'EX',
        'LIMIT',
        'WITHSCORES',
        'KEYS',
        'inf',
        'nan',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(word, { maxLength: 6 }), (name, words) => {
        expect(typeof talk.run([name, ...words])).toBe('string');
      }),
      { numRuns: 5_000 },
    );
  });
});
