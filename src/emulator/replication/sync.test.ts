import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandom } from '../../platform/random.ts';
import type { Client } from '../client.ts';
import { loadPersona } from '../persona.ts';
import { readRdb } from '../rdb/read-rdb.ts';
import { createRedisServer } from '../server.ts';

interface Visitor {
  readonly client: Client;
  /** What was sent without being asked for. */
  sent(): string;
  run(...argv: string[]): string;
}

const clock = fixedClock(1_700_000_000_000);

function serverOf(persona: string): () => Visitor {
  const server = createRedisServer({
    persona: loadPersona(persona),
    clock,
    random: seededRandom(3),
    port: 6379,
    maxClients: 100,
  });
  let port = 1_000;
  return () => {
    let sent = '';
    const origin = { address: '192.0.2.7', port: port++, localAddress: '192.0.2.1', localPort: 6379 };
    const client = server.connect(origin, {
      send: (bytes) => {
        sent += bytes;
      },
      close: () => client?.disconnect(),
      resume: () => undefined,
    });
    if (client === undefined) throw new Error('no room');
    return {
      client,
      sent: () => sent,
      run: (...argv) => {
        client.begin();
        return client.run({ kind: 'request', argv, cut: [], dropped: 0 });
      },
    };
  };
}

/** Lets timers and the clock go on together. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 100) {
    clock.advance(100);
    await vi.advanceTimersByTimeAsync(100);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a replica', () => {
  test('gets a copy, and what is written behind it', async () => {
    const visit = serverOf('redis-6.0.16-debian-11');
    const [writer, replica] = [visit(), visit()];
    writer.run('SET', 'before', '1');

    const answer = replica.run('PSYNC', '?', '-1');
    writer.run('SELECT', '2');
    writer.run('SETEX', 'behind', '10', 'v');
    await pass(500);

    expect(answer).toMatch(/^\+FULLRESYNC [0-9a-f]{40} 0\r\n$/);
    const [, length = '', rest = ''] = /^\$(\d+)\r\n([^]*)$/.exec(replica.sent()) ?? [];
    const content = readRdb(Buffer.from(rest.slice(0, Number(length)), 'latin1'), 1_000_000);
    expect(content.fault).toBeUndefined();
    expect(content.entries.map(({ key }) => key)).toContain('before');
    expect(rest.slice(Number(length))).toBe(
      '*2\r\n$6\r\nSELECT\r\n$1\r\n2\r\n*4\r\n$5\r\nSETEX\r\n$6\r\nbehind\r\n$2\r\n10\r\n$1\r\nv\r\n',
    );
  });

  test('that takes a mark instead of a length waits five seconds, and for the stream until it has acknowledged', async () => {
    const visit = serverOf('redis-7.0.15-debian-12');
    const [writer, replica] = [visit(), visit()];
    replica.run('REPLCONF', 'capa', 'eof', 'capa', 'psync2');

    const answer = replica.run('PSYNC', '?', '-1');
    await pass(4_000);
    const early = replica.sent();
    await pass(3_000);
    writer.run('SET', 'k', 'v', 'EX', '100');
    const copied = replica.sent();
    const silent = replica.run('REPLCONF', 'ACK', '0');

    expect([answer, silent]).toEqual(['', '']);
    expect(early).toMatch(/^\n{3,5}$/);
    expect(copied).toMatch(/^\n+\+FULLRESYNC [0-9a-f]{40} 0\r\n\$EOF:([0-9a-f]{40})\r\nREDIS0010[^]*\1$/);
    expect(replica.sent().slice(copied.length)).toMatch(
      /SET\r\n\$1\r\nk\r\n\$1\r\nv\r\n\$4\r\nPXAT\r\n\$13\r\n\d{13}\r\n$/,
    );
  });

  test('that comes back gets what it has missed', async () => {
    const visit = serverOf('redis-7.0.15-debian-12');
    const [writer, first] = [visit(), visit()];
    const id = first.run('PSYNC', '?', '-1').split(' ')[1] ?? '';
    await pass(500);
    writer.run('SET', 'k', 'v');
    first.client.disconnect();

    const again = visit();
    again.run('REPLCONF', 'capa', 'psync2');

    expect(again.run('PSYNC', id, '24')).toBe(`+CONTINUE ${id}\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n`);
    expect(visit().run('PSYNC', id, '99999')).toMatch(/^\+FULLRESYNC /);
  });

  test('is hung up on from 7.0 on when it asks for data', async () => {
    const replica = serverOf('redis-7.0.15-debian-12')();
    replica.run('PSYNC', '?', '-1');
    await pass(500);

    replica.run('GET', 'k');

    expect(replica.client.standing.aborted).toBe(true);
  });

  test('is one of at most eight that are served at one time', async () => {
    const visit = serverOf('redis-6.0.16-debian-11');

    const replicas = Array.from({ length: 20 }, () => {
      const replica = visit();
      replica.run('PSYNC', '?', '-1');
      return replica;
    });
    await pass(20_000);

    expect(replicas.filter((replica) => replica.sent().includes('REDIS0009'))).toHaveLength(8);
  });
});

describe('min-replicas-to-write', () => {
  test('lets a write pass while enough replicas have acknowledged lately', async () => {
    const visit = serverOf('redis-6.0.16-debian-11');
    const [writer, replica] = [visit(), visit()];
    writer.run('CONFIG', 'SET', 'min-replicas-to-write', '1');
    writer.run('CONFIG', 'SET', 'min-replicas-max-lag', '3');

    const alone = writer.run('SET', 'k', 'v');
    replica.run('PSYNC', '?', '-1');
    await pass(500);
    const followed = writer.run('SET', 'k', 'v');
    await pass(4_000);
    const late = writer.run('SET', 'k', 'v');
    replica.run('REPLCONF', 'ACK', '1');
    const again = writer.run('SET', 'k', 'v');

    const refused = '-NOREPLICAS Not enough good replicas to write.\r\n';
    expect([alone, followed, late, again]).toEqual([refused, '+OK\r\n', refused, '+OK\r\n']);
  });
});

describe('WAIT', () => {
  test('ends when a replica has acknowledged what was written', async () => {
    const visit = serverOf('valkey-8.1.1-debian-13');
    const [writer, replica] = [visit(), visit()];
    replica.run('PSYNC', '?', '-1');
    await pass(500);
    writer.run('SET', 'k', 'v');

    const answer = writer.run('WAIT', '1', '0');
    replica.run('REPLCONF', 'ACK', '50');

    expect(answer).toBe('');
    expect(replica.sent()).toContain('GETACK');
    expect(writer.sent()).toBe(':1\r\n');
  });
});

describe('MIGRATE', () => {
  test('never connects: the time that it may take passes, for the one who asks', async () => {
    const visitor = serverOf('redis-7.0.15-debian-12')();
    visitor.run('SET', 'k', 'v');

    const answer = visitor.run('MIGRATE', '198.51.100.9', '6379', 'k', '0', '700');
    await pass(600);
    const early = visitor.sent();
    await pass(200);

    expect([answer, early]).toEqual(['', '']);
    expect(visitor.sent()).toBe('-IOERR error or timeout connecting to the client\r\n');
  });
});
