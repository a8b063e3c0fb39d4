import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { seededRandom } from '../../platform/random.ts';
import { loadPersona } from '../persona.ts';
import { createRedisServer } from '../server.ts';

interface Visitor {
  say: (...argv: string[]) => string;
  readonly late: string[];
  readonly resumed: () => boolean;
}

function server(persona = 'redis-7.0.15-debian-12'): { visit: (address?: string) => Visitor } {
  const redis = createRedisServer({
    persona: loadPersona(persona),
    clock: systemClock,
    random: seededRandom(3),
    port: 6_379,
    maxClients: 100,
  });
  onTestFinished(() => redis.close());
  let port = 40_000;
  return {
    visit: (address = '192.0.2.1') => {
      const late: string[] = [];
      const client = redis.connect(
        { address, port: port++, localAddress: '192.0.2.2', localPort: 6_379 },
        { send: (bytes) => void late.push(bytes), close: () => undefined, resume: () => undefined },
      );
      return {
        late,
        resumed: () => client?.standing.blocked === false,
        say: (...argv) => {
          client?.begin();
          return client?.run({ kind: 'request', argv, cut: [], dropped: 0 }) ?? '';
        },
      };
    },
  };
}

const FOR_EVER = 'while true do end';
const patiently = { timeout: 20_000, interval: 20 };

describe('scripts', () => {
  test('answer at once and call commands', () => {
    const visitor = server().visit();

    const reply = visitor.say(
      'EVAL',
      "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])",
      '1',
      'k',
      'v',
    );

    expect(reply).toBe('$1\r\nv\r\n');
  });

  test('select a database for themselves only', () => {
    const visitor = server().visit();

    visitor.say('EVAL', "redis.call('SELECT', 3) return redis.call('SET', 'k', 'v')", '0');

    expect(visitor.say('EXISTS', 'k')).toBe(':0\r\n');
    visitor.say('SELECT', '3');
    expect(visitor.say('EXISTS', 'k')).toBe(':1\r\n');
  });

  test('that run on make all of their group wait, then are told to be busy, and can be killed', async () => {
    const { visit } = server();
    const [caller, other, late] = [visit(), visit('192.0.2.9'), visit()];
    late.say('CONFIG', 'SET', 'busy-reply-threshold', '300');

    expect(caller.say('EVAL', FOR_EVER, '0')).toBe('');
    expect(other.say('PING')).toBe('');
    await vi.waitFor(() => expect(late.say('GET', 'k')).toMatch(/^-BUSY /), patiently);
    expect(late.say('SCRIPT', 'KILL')).toBe('+OK\r\n');

    await vi.waitFor(() => expect(caller.late.join('')).toMatch(/^-ERR Script killed by user/), patiently);
    await vi.waitFor(() => expect(other.late).toEqual(['+PONG\r\n']), patiently);
    expect(other.resumed()).toBe(true);
    expect(late.say('EVAL', 'return 2', '0')).toBe(':2\r\n');
  });

  test('that run on hold no other group back, and see their own keys', async () => {
    const { visit } = server();
    const [caller, fellow, other] = [visit(), visit(), visit('198.51.100.1')];
    fellow.say('CONFIG', 'SET', 'busy-reply-threshold', '1');
    caller.say('SET', 'k', 'ours');

    const script = "while redis.call('GET', 'k') == 'ours' do end";
    expect(caller.say('EVAL', script, '0')).toBe('');
    other.say('SET', 'k', 'theirs');
    expect(other.say('EVAL', "return redis.call('GET', 'k')", '0')).toBe('$6\r\ntheirs\r\n');
    expect(other.say('SCRIPT', 'KILL')).toMatch(/^-NOTBUSY /);
    await new Promise((resolve) => setImmediate(resolve));
    expect(caller.late).toEqual([]);

    await vi.waitFor(() => expect(fellow.say('SCRIPT', 'KILL')).toBe('+OK\r\n'), patiently);
    await vi.waitFor(() => expect(caller.late.join('')).toMatch(/^-ERR Script killed by user/), patiently);
  });

  test('of many groups that run on end the one that has run longest', async () => {
    const { visit } = server();
    const visitors = [1, 2, 3, 4, 5].map((number) => visit(`198.51.${number}.1`));

    for (const visitor of visitors) expect(visitor.say('EVAL', FOR_EVER, '0')).toBe('');

    await vi.waitFor(() => expect(visitors[0]?.late.join('')).toMatch(/^-ERR Script killed/), patiently);
    expect(visitors[4]?.late).toEqual([]);
    expect(visit('192.0.2.1').say('EVAL', 'return 1', '0')).toBe(':1\r\n');
  });

  test('leave the start of their thread out of the slow log', () => {
    const visitor = server().visit();
    visitor.say('CONFIG', 'SET', 'slowlog-log-slower-than', '40000');

    visitor.say('EVAL', 'return 1', '0');

    expect(visitor.say('SLOWLOG', 'LEN')).toBe(':0\r\n');
  });

  test('that have written cannot be killed by name, but end', async () => {
    const { visit } = server();
    const [caller, other] = [visit(), visit()];
    other.say('CONFIG', 'SET', 'busy-reply-threshold', '1');

    const script = "redis.call('SET', 'k', 'v') local n = 0 while n < 3e7 do n = n + 1 end return n";
    if (caller.say('EVAL', script, '0') !== '') return;
    await vi.waitFor(() => expect(other.say('SCRIPT', 'KILL')).toMatch(/^-(UNKILLABLE|NOTBUSY)/), patiently);

    await vi.waitFor(() => expect(caller.late).toEqual([':30000000\r\n']), patiently);
  });

  test('in a transaction are ended at once', () => {
    const visitor = server().visit();

    visitor.say('MULTI');
    visitor.say('EVAL', FOR_EVER, '0');

    expect(visitor.say('EXEC')).toMatch(/^\*1\r\n-ERR Script killed by user/);
  });

  test('of one group leave nothing behind for another', () => {
    const { visit } = server('redis-6.0.16-debian-11');
    const [one, other] = [visit('192.0.2.1'), visit('198.51.100.1')];

    one.say('EVAL', 'redis.call = nil string.rep = nil return 1', '0');

    expect(one.say('EVAL', "return redis.call('PING')", '0')).toMatch(/^-ERR /);
    expect(other.say('EVAL', "return redis.call('PING')", '0')).toBe('+PONG\r\n');
  });
});

describe('functions', () => {
  const LIBRARY =
    "#!lua name=lib\nredis.register_function('f', function(keys, args) return {keys[1], args[1]} end)";

  test('are loaded, called and dumped into another server', () => {
    const [one, other] = [server().visit(), server().visit()];

    expect(one.say('FUNCTION', 'LOAD', LIBRARY)).toBe('$3\r\nlib\r\n');
    expect(one.say('FCALL', 'f', '1', 'k', 'a')).toBe('*2\r\n$1\r\nk\r\n$1\r\na\r\n');
    const dump = one
      .say('FUNCTION', 'DUMP')
      .replace(/^\$\d+\r\n/, '')
      .slice(0, -2);

    expect(other.say('FUNCTION', 'RESTORE', dump)).toBe('+OK\r\n');
    expect(other.say('FUNCTION', 'RESTORE', dump)).toBe('-ERR Library lib already exists\r\n');
    expect(other.say('FCALL', 'F', '1', 'k', 'a')).toBe('*2\r\n$1\r\nk\r\n$1\r\na\r\n');
  });

  test('outlive the thread that ran them', async () => {
    const { visit } = server();
    const [visitor, other] = [visit(), visit()];
    other.say('CONFIG', 'SET', 'busy-reply-threshold', '1');
    visitor.say('FUNCTION', 'LOAD', LIBRARY);

    visitor.say('EVAL', FOR_EVER, '0');
    await vi.waitFor(() => expect(other.say('SCRIPT', 'KILL')).toBe('+OK\r\n'), patiently);
    await vi.waitFor(() => expect(visitor.late).toHaveLength(1), patiently);

    expect(visitor.say('FCALL', 'f', '1', 'k', 'a')).toBe('*2\r\n$1\r\nk\r\n$1\r\na\r\n');
  });
});
