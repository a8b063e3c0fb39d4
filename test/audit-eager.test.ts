import { describe, expect, onTestFinished, test } from 'vitest';
import { openConnection } from '../src/audit/ask/connection.ts';
import { DEFAULT_AUDIT_LIMITS } from '../src/audit/limits.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { audit } from './peers/hostile-audit.ts';
import type { HostileRedis } from './peers/hostile-redis.ts';
import { healthy, startHostile } from './peers/hostile-redis.ts';

async function peerThat(answer = healthy): Promise<HostileRedis> {
  const peer = await startHostile({ answer });
  onTestFinished(() => peer.stop());
  return peer;
}

/** All that does not tell the time or the port. */
function told(report: AuditReport): unknown {
  const findings = report.findings.map(({ rule, title }) => ({ rule, title }));
  return { ...report, time: 0, ms: 0, footprint: undefined, target: '', findings };
}

describe('an eager audit', () => {
  test.for(['L1', 'L2', 'L4'] as const)('reports the same as a patient one at depth %s', async (depth) => {
    const peer = await peerThat();

    const patient = await audit(`127.0.0.1:${peer.port}`, { depth });
    const eager = await audit(`127.0.0.1:${peer.port}`, { depth, eager: true });

    expect(told(eager)).toEqual(told(patient));
  });

  test('finds a server locked all the same', async () => {
    const peer = await peerThat(() => '-NOAUTH Authentication required.\r\n');

    const report = await audit(`127.0.0.1:${peer.port}`, { depth: 'L1', eager: true });

    expect(report.outcome).toBe('auth-required');
  });

  test('sends nothing before the login where there is a password', async () => {
    const peer = await peerThat((argv) => {
      const [name = ''] = argv.map((word) => word.toUpperCase());
      if (name === 'PING') return '-NOAUTH Authentication required.\r\n';
      return healthy(argv);
    });

    await audit(`redis://:secret@127.0.0.1:${peer.port}`, { depth: 'L1', eager: true });

    expect(peer.commands.slice(0, 2)).toEqual([['PING'], ['AUTH', 'secret']]);
  });
});

describe('what a connection foresees', () => {
  async function connected(): Promise<{
    connection: Awaited<ReturnType<typeof openConnection>>;
    peer: HostileRedis;
  }> {
    const peer = await peerThat();
    const connection = await openConnection(
      { text: 'peer', host: '127.0.0.1', port: peer.port, tls: false },
      DEFAULT_AUDIT_LIMITS,
      {},
    );
    onTestFinished(() => connection.close());
    return { connection, peer };
  }

  test('is sent once, and answers the questions when they come', async () => {
    const { connection, peer } = await connected();

    connection.foresee([['PING'], ['MODULE', 'LIST'], ['EXISTS', 'a']]);
    const [pong] = await connection.ask([['PING']]);
    const rest = await connection.ask([
      ['MODULE', 'LIST'],
      ['EXISTS', 'a'],
    ]);

    expect(pong).toMatchObject({ kind: 'simple', text: 'PONG' });
    expect(rest).toMatchObject([{ kind: 'array' }, { kind: 'integer', value: 0n }]);
    expect(peer.commands).toEqual([['PING'], ['MODULE', 'LIST'], ['EXISTS', 'a']]);
  });

  test('is dropped when something else is asked, and its answer is not taken for that of another', async () => {
    const { connection } = await connected();

    connection.foresee([['PING'], ['MODULE', 'LIST']]);
    const [other] = await connection.ask([['EXISTS', 'a']]);

    expect(other).toMatchObject({ kind: 'integer', value: 0n });
    expect(Object.fromEntries(connection.sent)).toEqual({ ping: 1, 'module|list': 1, exists: 1 });
  });

  test('is skipped up to what is asked for', async () => {
    const { connection } = await connected();

    connection.foresee([['PING'], ['MODULE', 'LIST'], ['EXISTS', 'a']]);
    const [exists] = await connection.ask([['EXISTS', 'a']]);

    expect(exists).toMatchObject({ kind: 'integer' });
    expect(connection.sent.get('exists')).toBe(1);
  });

  test('has to be on the list as everything else', async () => {
    const { connection, peer } = await connected();

    expect(() => connection.foresee([['PING'], ['FLUSHALL']])).toThrow('may not send flushall');
    expect(peer.commands).toEqual([]);
  });
});
