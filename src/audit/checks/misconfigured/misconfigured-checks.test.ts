import { describe, expect, test } from 'vitest';
import type { ReadableSetting } from '../../ask/allowed.ts';
import type { CheckResult } from '../../check.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { exampleFacts, exampleView } from '../../testing/example-view.ts';
import { identifyEngine } from '../../vulnerable/server-version.ts';
import { MISCONFIGURED_CHECKS } from './misconfigured-checks.ts';

function run(id: string, given: Partial<ServerFacts>): CheckResult {
  const check = MISCONFIGURED_CHECKS.find((one) => one.id === `audit.misconfigured.${id}`);
  if (check === undefined) throw new Error(`no check ${id}`);
  return check.run(exampleView({ facts: exampleFacts(given) }));
}
const told = ({ findings }: CheckResult): string[] =>
  findings.map(({ rule, severity }) => `${rule.replace('audit.misconfigured.', '')} ${severity}`);
const settings = (given: Partial<Record<ReadableSetting, string>>): Partial<ServerFacts> => ({
  settings: new Map(Object.entries(given) as [ReadableSetting, string][]),
});
function info(given: Record<string, string>): Partial<ServerFacts> {
  const fields = new Map(Object.entries(given));
  return { info: fields, engine: identifyEngine(fields) };
}
/** As Redis 7 prints it, cut to what is judged. */
const HONEST = {
  redis_version: '7.0.15',
  redis_mode: 'standalone',
  os: 'Linux 6.1.0 x86_64',
  multiplexing_api: 'epoll',
  run_id: '7f2c1d0e9b8a77665544332211ffeeddccbbaa00',
  process_id: '912',
  uptime_in_seconds: '90061',
  uptime_in_days: '1',
  used_memory: '900000',
  used_memory_peak: '950000',
  connected_clients: '3',
  total_commands_processed: '88',
  total_connections_received: '9',
  master_replid: '1f2c1d0e9b8a77665544332211ffeeddccbbaa00',
  ...Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`field_${at}`, '1'])),
};

describe('configuration checks', () => {
  test.for<[string, Partial<Record<ReadableSetting, string>>, string[]]>([
    ['run-time-doors', { 'enable-protected-configs': 'yes' }, ['enable-protected-configs medium']],
    ['run-time-doors', { 'enable-debug-command': 'local' }, []],
    ['run-time-doors', { 'enable-module-command': 'yes' }, ['enable-module-command medium']],
    ['memory-limits', { bind: '*', 'protected-mode': 'no', timeout: '0' }, ['timeout info']],
    ['data-folder', { dir: '/tmp' }, ['dir low']],
    ['data-folder', { dir: '/tmpfiles' }, []],
    [
      'data-folder',
      { 'stop-writes-on-bgsave-error': 'no', save: '3600 1' },
      ['stop-writes-on-bgsave-error info'],
    ],
    ['unix-socket', { unixsocket: '/run/redis.sock', unixsocketperm: '777' }, ['unixsocketperm medium']],
    ['unix-socket', { unixsocket: '/run/redis.sock', unixsocketperm: '770' }, []],
    ['unix-socket', { unixsocket: '/tmp/redis.sock', unixsocketperm: '770' }, ['unixsocket low']],
    ['memory-limits', { maxmemory: '0' }, ['maxmemory info']],
    ['memory-limits', { maxclients: '10' }, ['maxclients low']],
    [
      'memory-limits',
      { 'client-output-buffer-limit': 'normal 0 0 0 slave 1 1 60 pubsub 0 0 0' },
      ['client-output-buffer-limit low'],
    ],
    [
      'memory-limits',
      { 'client-output-buffer-limit': 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60' },
      [],
    ],
    ['memory-limits', { 'client-query-buffer-limit': '1073741824' }, []],
    ['memory-limits', { 'client-query-buffer-limit': '4294967296' }, ['client-query-buffer-limit low']],
    ['memory-limits', { 'proto-max-bulk-len': '1073741824' }, ['proto-max-bulk-len low']],
    ['memory-limits', { 'tcp-keepalive': '0' }, ['tcp-keepalive info']],
    ['payload-checks', { 'sanitize-dump-payload': 'no' }, ['sanitize-dump-payload info']],
    ['payload-checks', { 'acl-pubsub-default': 'allchannels' }, ['acl-pubsub-default low']],
    ['logging', { logfile: '/dev/null' }, ['logfile medium']],
    ['logging', { logfile: '' }, []],
    ['logging', { 'slowlog-log-slower-than': '-1' }, ['slowlog-log-slower-than low']],
    ['logging', { 'slowlog-log-slower-than': '10000', 'acllog-max-len': '128' }, []],
    ['runs-as-root', { dir: '/root/.ssh' }, ['runs-as-root medium']],
    ['runs-as-root', { dir: '/rooted' }, []],
  ])('%s with %j', ([id, given, expected]) => {
    expect(told(run(id, settings(given)))).toEqual(expected);
  });

  test('a replica that accepts writes is a finding, a master is not', () => {
    const open = settings({ 'replica-read-only': 'no' });

    expect(told(run('replica-hygiene', { ...open, ...info({ role: 'slave' }) }))).toEqual([
      'replica-read-only medium',
    ]);
    expect(told(run('replica-hygiene', { ...open, ...info({ role: 'master' }) }))).toEqual([]);
  });

  test('does not call doors closed that releases before 7 cannot close', () => {
    const { findings, moot } = run('run-time-doors', {
      ...settings({ dir: '/var/lib/redis' }),
      ...info({ redis_version: '6.2.14' }),
    });

    expect(findings).toEqual([]);
    expect(moot).toContain('always open');
  });

  test('leaves limits of clients alone where no stranger can connect', () => {
    const given = settings({ bind: '127.0.0.1', timeout: '0', 'maxmemory-clients': '0' });

    expect(told(run('memory-limits', { ...given, address: '127.0.0.1' }))).toEqual([]);
  });

  test('asks no Sentinel for settings, and says so', () => {
    const { unseen, moot } = run('logging', { settings: undefined, ...info({ redis_mode: 'sentinel' }) });

    expect(unseen).toBeUndefined();
    expect(moot).toContain('Sentinel');
  });

  test('never lets a dump folder be changed without its files', () => {
    const advice = run('data-folder', settings({ dir: '/tmp' })).findings[0]?.advice ?? '';

    expect(advice.indexOf('move its files')).toBeLessThan(advice.indexOf('In redis.conf'));
    expect(advice.indexOf('move its files')).toBeGreaterThan(0);
  });

  test.for(['run-time-doors', 'memory-limits', 'logging', 'data-folder'])(
    '%s is not visible without settings',
    (id) => {
      expect(run(id, {}).unseen?.length).toBe(1);
    },
  );

  test('old kernels and narrow builds are told', () => {
    expect(told(run('host', info({ os: 'Linux 3.10.0-1160.el7.x86_64 x86_64' })))).toEqual(['kernel info']);
    expect(told(run('host', info({ os: 'Linux 6.1.0-44-amd64 x86_64', arch_bits: '32' })))).toEqual([
      'narrow-build low',
    ]);
    expect(told(run('host', info({ os: 'Linux 6.1.0-44-amd64 x86_64', arch_bits: '64' })))).toEqual([]);
  });

  test.for<[string, Record<string, string>, boolean]>([
    ['an honest server', {}, false],
    ['one odd field', { multiplexing_api: 'kqueue' }, false],
    ['two odd fields', { multiplexing_api: 'kqueue', connected_clients: '0' }, true],
    ['a constant of a known program', { run_id: `41be2f14${'a'.repeat(28)}dcd1` }, true],
    [
      'memory above its peak and an impossible uptime',
      { used_memory: '9000000', uptime_in_days: '77' },
      true,
    ],
  ])('a decoy is told by %s: %j', ([, change, expected]) => {
    const found = told(run('likely-honeypot', info({ ...HONEST, ...change })));

    expect(found).toEqual(expected ? ['likely-honeypot info'] : []);
  });
});
