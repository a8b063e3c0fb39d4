import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Expand } from '../src/audit/ask/expand-targets.ts';
import { expandTargets } from '../src/audit/ask/expand-targets.ts';
import { DEFAULT_AUDIT_LIMITS } from '../src/audit/limits.ts';
import { array, bulk, bulks } from '../src/wire/resp-reply.ts';
import { gathered, targetOf } from './peers/gathered.ts';
import { healthy, startHostile } from './peers/hostile-redis.ts';
import { freePort } from './peers/ports.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

const ITSELF: Expand = { cluster: false, preferReplica: false };

async function expanded(text: string, expand: Partial<Expand> = {}) {
  const { targets, fault } = await expandTargets(
    targetOf(text),
    { ...ITSELF, ...expand },
    { limits: { ...DEFAULT_AUDIT_LIMITS, connectMs: 1_000, replyMs: 1_000 } },
  );
  return { texts: targets.map((target) => target.text), targets, fault };
}

async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}

async function primaryWithReplica(...settings: string[]) {
  const primary = await realRedis('--repl-diskless-sync-delay', '0', ...settings);
  const replica = await realRedis(...settings);
  await replica.client.replicaof('127.0.0.1', primary.port);
  await expect.poll(() => primary.client.info('replication'), { timeout: 10_000 }).toContain('state=online');
  return {
    primary: `redis://127.0.0.1:${primary.port}`,
    replica: `redis://127.0.0.1:${replica.port}`,
    port: primary.port,
  };
}

/** A Sentinel that watches one primary. */
async function startSentinel(primaryPort: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-sentinel-'));
  const port = await freePort();
  const file = join(folder, 'sentinel.conf');
  writeFileSync(file, `port ${port}\ndir ${folder}\nsentinel monitor mymaster 127.0.0.1 ${primaryPort} 1\n`);
  const server = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => undefined);
  onTestFinished(() => client.disconnect());
  await expect
    .poll(async () => String(await client.call('SENTINEL', 'REPLICAS', 'mymaster').catch(() => '')), {
      timeout: 10_000,
    })
    .toMatch(/flags,slave,link/);
  return port;
}

describe('the servers a target stands for', () => {
  test('is itself, and nobody is asked', async () => {
    const { texts, fault } = await expanded('redis://127.0.0.1:1');

    expect(texts).toEqual(['redis://127.0.0.1:1']);
    expect(fault).toBeUndefined();
  });

  test('of a primary is its replica, where that is preferred', async () => {
    const { primary, replica } = await primaryWithReplica();

    expect((await expanded(primary, { preferReplica: true })).texts).toEqual([replica]);
    expect((await expanded(replica, { preferReplica: true })).texts).toEqual([replica]);
  });

  test('of a Sentinel are primary, replicas and Sentinels of the group', async () => {
    const { primary, replica, port } = await primaryWithReplica();
    const sentinel = await startSentinel(port);

    const all = await expanded(`sentinel://127.0.0.1:${sentinel}/mymaster`);
    const spared = await expanded(`sentinel://127.0.0.1:${sentinel}/mymaster`, { preferReplica: true });
    const other = await expanded(`sentinel://127.0.0.1:${sentinel}/other`);

    expect(all.texts).toEqual([primary, replica, `redis://127.0.0.1:${sentinel}`]);
    expect(spared.texts).toEqual([replica, `redis://127.0.0.1:${sentinel}`]);
    expect(other.texts).toEqual([]);
    expect(other.fault).toContain('No such master');
    const { facts } = await gathered(targetOf(`redis://127.0.0.1:${sentinel}`));
    expect(facts.info?.get('redis_mode')).toBe('sentinel');
  });

  test('of a node are all nodes of its cluster, or the replicas in their place', async () => {
    const nodes = await Promise.all(
      [0, 1, 2].map(async () => {
        const bus = await freePort();
        return { bus, ...(await realRedis('--cluster-enabled', 'yes', '--cluster-port', String(bus))) };
      }),
    );
    const [first, second, third] = nodes;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three nodes');
    await first.client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '8191');
    await second.client.call('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383');
    for (const { port, bus } of [second, third])
      await first.client.call('CLUSTER', 'MEET', '127.0.0.1', String(port), String(bus));
    const id = String(await first.client.call('CLUSTER', 'MYID'));
    await expect.poll(() => third.client.call('CLUSTER', 'NODES'), { timeout: 10_000 }).toContain(id);
    await third.client.call('CLUSTER', 'REPLICATE', id);
    await expect
      .poll(() => first.client.call('CLUSTER', 'NODES'), { timeout: 10_000 })
      .toMatch(/slave [0-9a-f]{40}.*connected/);
    const url = ({ port }: RealRedis): string => `redis://127.0.0.1:${port}`;

    const all = await expanded(url(first), { cluster: true });
    const spared = await expanded(url(first), { cluster: true, preferReplica: true });
    const { facts } = await gathered(targetOf(url(third)));

    expect(all.texts.toSorted()).toEqual([first, second, third].map(url).toSorted());
    expect(spared.texts.toSorted()).toEqual([second, third].map(url).toSorted());
    expect(facts.otherPorts?.get('bus')).toBe(true);
  });

  test('of a server that is no cluster is itself, and why is said', async () => {
    const server = await realRedis();

    const { texts, fault } = await expanded(`127.0.0.1:${server.port}`, { cluster: true });

    expect(texts).toEqual([`redis://127.0.0.1:${server.port}`]);
    expect(fault).toContain('cluster support disabled');
  });

  test('keep login, TLS and wishes of the target, and not what it is', async () => {
    const peer = await startHostile({
      answer: (argv) =>
        argv[0] === 'SENTINEL'
          ? argv[1] === 'MASTER'
            ? bulks(['ip', '192.0.2.5', 'port', '6379', 'flags', 'master'])
            : '*0\r\n'
          : healthy(argv),
    });
    onTestFinished(() => peer.stop());
    const target = targetOf(`sentinel://:pw@127.0.0.1:${peer.port}/mymaster`, { optIns: { bracket: true } });

    const { targets } = await expandTargets(target, ITSELF, { limits: DEFAULT_AUDIT_LIMITS });

    expect(targets[0]).toMatchObject({ host: '192.0.2.5', password: 'pw', optIns: { bracket: true } });
    expect(targets[0]).not.toHaveProperty('sentinel');
    expect(peer.received()).not.toContain('pw');
  });

  test.for([
    ['redirections', '-MOVED 1 203.0.113.9:6379\r\n'],
    ['nonsense', '+OK\r\n'],
    ['hosts that no host is called', array([bulks(['ip', '$(id)', 'port', '6379', 'flags', ''])])],
    ['ports that no port is', array([bulks(['ip', '192.0.2.1', 'port', '99999999', 'flags', ''])])],
    ['fields without end', array([array(Array.from({ length: 5_000 }, () => bulk('ip')))])],
    ['who is down', array([bulks(['ip', '192.0.2.1', 'port', '6379', 'flags', 'slave,s_down'])])],
  ] as const)('are none in %s', async ([, answer]) => {
    const peer = await startHostile({
      answer: (argv) => (['SENTINEL', 'CLUSTER'].includes(argv[0] ?? '') ? answer : healthy(argv)),
    });
    onTestFinished(() => peer.stop());

    const group = await expanded(`sentinel://127.0.0.1:${peer.port}/mymaster`);
    const cluster = await expanded(`127.0.0.1:${peer.port}`, { cluster: true });

    expect(group.texts.filter((text) => text !== `redis://127.0.0.1:${peer.port}`)).toEqual([]);
    expect(cluster.texts).toEqual([`redis://127.0.0.1:${peer.port}`]);
  });

  test('a Sentinel that cannot be reached is named', async () => {
    const port = await freePort();

    const { texts, fault } = await expanded(`sentinel://127.0.0.1:${port}/mymaster`);

    expect(texts).toEqual([]);
    expect(fault).toContain(`Nothing listens on sentinel://127.0.0.1:${port}/mymaster`);
  });
});
