import { describe, expect, test, vi } from 'vitest';
import { fixedClock } from '../platform/clock.ts';
import { seededRandom } from '../platform/random.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';
import { loadPersona } from './persona.ts';
import { createRedisServer } from './server.ts';

function server(persona = 'redis-7.0.15-debian-12') {
  const clock = fixedClock(1_700_000_000_000);
  const redis = createRedisServer({
    persona: loadPersona(persona),
    clock,
    random: seededRandom(3),
    port: 6_379,
    maxClients: 20_000,
  });
  let port = 10_000;
  const connect = () => {
    const pushed: string[] = [];
    const client = redis.connect(
      { address: '192.0.2.1', port: port++, localAddress: '192.0.2.2', localPort: 6_379 },
      {
        send: (bytes) => void pushed.push(bytes),
        close: () => client?.disconnect(),
        resume: () => undefined,
      },
    );
    const say = (words: string): string => {
      client?.begin();
      return client?.run({ kind: 'request', argv: inlineArguments(words) ?? [], cut: [], dropped: 0 }) ?? '';
    };
    return { say, pushed, id: client?.id ?? 0, leave: () => client?.disconnect() };
  };
  return { clock, connect };
}

describe('CLIENT', () => {
  test('PAUSE lets writes wait until it is over, and reads go on', () => {
    vi.useFakeTimers();
    const { clock, connect } = server();
    const [one, other] = [connect(), connect()];
    one.say('CLIENT PAUSE 1000 WRITE');

    const waiting = other.say('SET k v');

    expect(waiting).toBe('');
    expect(one.say('GET k')).toBe('$-1\r\n');
    clock.advance(1_000);
    vi.advanceTimersByTime(1_000);
    expect(other.pushed).toEqual(['+OK\r\n']);
    vi.useRealTimers();
  });

  test('PAUSE of a connection that has gone is nobody any more', () => {
    vi.useFakeTimers();
    const { connect } = server();
    const [one, other] = [connect(), connect()];
    one.say('CLIENT PAUSE 1000');
    other.say('SET k v');
    other.leave();

    vi.advanceTimersByTime(1_000);

    expect(other.pushed).toEqual([]);
    expect(one.say('GET k')).toBe('$-1\r\n');
    vi.useRealTimers();
  });

  test('UNBLOCK ends the wait of another connection as its time would, or with an error', () => {
    const { connect } = server();
    const [one, other] = [connect(), connect()];
    one.say('BLPOP missing 0');

    const first = other.say(`CLIENT UNBLOCK ${one.id}`);
    one.say('BLPOP missing 0');
    const second = other.say(`CLIENT UNBLOCK ${one.id} ERROR`);

    expect([first, second]).toEqual([':1\r\n', ':1\r\n']);
    expect(one.pushed).toEqual(['*-1\r\n', '-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n']);
  });

  test('KILL hangs up on others at once and on oneself behind the reply', () => {
    const { connect } = server();
    const [one, other] = [connect(), connect()];

    const killed = one.say(`CLIENT KILL ID ${other.id}`);

    expect(killed).toBe(':1\r\n');
    expect(one.say('CLIENT LIST').match(/^id=/gm)).toHaveLength(1);
    expect(one.say(`CLIENT KILL ID ${one.id}`)).toBe(':0\r\n');
    expect(one.say(`CLIENT KILL ID ${one.id} SKIPME no`)).toBe(':1\r\n');
  });

  test('TRACKING tells another connection, which has to listen for it in RESP2', () => {
    const { connect } = server();
    const [listener, reader, writer] = [connect(), connect(), connect()];
    listener.say('SUBSCRIBE __redis__:invalidate');
    reader.say(`CLIENT TRACKING ON REDIRECT ${listener.id}`);
    reader.say('GET k');

    writer.say('SET k v');
    writer.say('SET k w');

    const told = '*3\r\n$7\r\nmessage\r\n$20\r\n__redis__:invalidate\r\n*1\r\n$1\r\nk\r\n';
    expect(listener.pushed).toEqual([told]);
    expect(reader.pushed).toEqual([]);
  });

  test('TRACKING forgets a connection that has gone', () => {
    const { connect } = server();
    const [reader, writer] = [connect(), connect()];
    reader.say('HELLO 3');
    reader.say('CLIENT TRACKING ON');
    reader.say('GET k');
    reader.leave();

    writer.say('SET k v');

    expect(reader.pushed).toEqual([]);
  });
});

describe('a message', () => {
  test('reaches its listeners without a look at the thousands who do not listen', () => {
    const { connect } = server();
    for (let at = 0; at < 10_000; at++) connect();
    const [listener, gone, speaker] = [connect(), connect(), connect()];
    listener.say('SUBSCRIBE news');
    gone.say('SUBSCRIBE news');
    gone.leave();

    const counts = Array.from({ length: 2_000 }, () => speaker.say('PUBLISH news hello'));

    expect(new Set(counts)).toEqual(new Set([':1\r\n']));
    expect(listener.pushed).toHaveLength(2_000);
    expect(gone.pushed).toEqual([]);
  });
});
