import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandom } from '../../platform/random.ts';
import { inlineArguments } from '../../wire/inline-arguments.ts';
import { loadPersona } from '../persona.ts';
import { createRedisServer } from '../server.ts';

function server(persona = 'redis-7.0.15-debian-12') {
  const clock = fixedClock(1_700_000_000_000);
  const redis = createRedisServer({
    persona: loadPersona(persona),
    clock,
    random: seededRandom(3),
    port: 6_379,
    maxClients: 100,
  });
  let port = 40_000;
  const connect = (address = '192.0.2.1') => {
    let closed = false;
    const client = redis.connect(
      { address, port: port++, localAddress: '192.0.2.2', localPort: 6_379 },
      {
        send: () => undefined,
        close: () => {
          closed = true;
        },
        resume: () => undefined,
      },
    );
    const run = (argv: readonly string[]): string => {
      client?.begin();
      return client?.run({ kind: 'request', argv, cut: [], dropped: 0 }) ?? '';
    };
    return {
      run,
      say: (words: string) => run(inlineArguments(words) ?? []),
      get closed() {
        return closed;
      },
    };
  };
  return { clock, connect };
}

describe('ACL', () => {
  test('lets a user do what one of its selectors allows, and nothing else', () => {
    const { connect } = server();
    const [admin, visitor] = [connect(), connect()];
    admin.say('ACL SETUSER ann on >pw +get ~a (+set %W~b)');

    const login = visitor.say('AUTH ann pw');

    expect(login).toBe('+OK\r\n');
    expect(visitor.say('GET a')).toBe('$-1\r\n');
    expect(visitor.say('SET b 1')).toBe('+OK\r\n');
    expect(visitor.say('SET a 1')).toMatch(/^-NOPERM .* keys/);
    expect(visitor.say('SET b 1 GET')).toMatch(/^-NOPERM .* keys/);
    expect(visitor.say('DEL a')).toMatch(/^-NOPERM .* 'del' command/);
  });

  test('changes nothing when one of the rules is wrong', () => {
    const admin = server().connect();
    admin.say('ACL SETUSER ann +get ~a');
    const before = admin.say('ACL LIST');

    const reply = admin.say('ACL SETUSER ann on +set ~b nonsense');

    expect(reply).toBe("-ERR Error in ACL SETUSER modifier 'nonsense': Syntax error\r\n");
    expect(admin.say('ACL LIST')).toBe(before);
  });

  test('hangs up on those whose user is removed', () => {
    const { connect } = server();
    const [admin, visitor] = [connect(), connect()];
    admin.say('ACL SETUSER ann on nopass allcommands allkeys');
    visitor.say('AUTH ann any');

    const removed = admin.say('ACL DELUSER ann');

    expect(removed).toBe(':1\r\n');
    expect(visitor.closed).toBe(true);
  });

  test('shuts out only the group of visitors that changed it, and those for half an hour', () => {
    const { clock, connect } = server();
    const visitor = connect();

    visitor.say('ACL SETUSER default off');

    expect(connect().say('PING')).toMatch(/^-NOAUTH /);
    expect(connect('198.51.100.1').say('PING')).toBe('+PONG\r\n');
    clock.advance(1_800_001);
    expect(connect().say('PING')).toBe('+PONG\r\n');
  });

  test('keeps what users cost within bounds', () => {
    const admin = server().connect();
    const replies = new Set<string>();

    for (let at = 0; at < 1_000; at++)
      replies.add(admin.run(['ACL', 'SETUSER', `user${at}`, `~${'x'.repeat(5_000)}`]));

    expect([...replies]).toEqual(['+OK\r\n', "-OOM command not allowed when used memory > 'maxmemory'.\r\n"]);
    expect(admin.say('ACL LIST').length).toBeLessThan(400_000);
  });

  test('notes a denial once when it comes again within a minute', () => {
    const { clock, connect } = server('redis-8.0.2-debian-13');
    const [admin, visitor] = [connect(), connect()];
    for (const wait of [10, 10, 60_001]) {
      visitor.say('AUTH nobody x');
      clock.advance(wait);
    }
    visitor.say('AUTH nobody x');

    const log = admin.say('ACL LOG');

    expect(log.match(/count\r\n:\d+/g)).toEqual(['count\r\n:1', 'count\r\n:3']);
    expect(log).toContain('entry-id\r\n:1\r\n');
  });

  test('answers any rules with a status or an error', () => {
    const servers = ['redis-6.0.16-debian-11', 'redis-8.0.2-debian-13'].map((name) => server(name).connect());
    const word = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        'on',
        '+@all',
        '-@all',
        '~*',
        '&*',
        '+get',
        '-config|get',
        '+select|1',
        '(~a',
        '+x)',
        '%R~a',
      ),
    );

    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        for (const admin of servers) {
          expect(admin.run(['ACL', 'SETUSER', 'some', ...words])).toMatch(/^(\+OK|-(ERR|OOM) [^\r\n]*)\r\n$/);
          expect(admin.say('ACL GETUSER some')).toMatch(/^(\*|\$-1)/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
