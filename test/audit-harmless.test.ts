import { describe, expect, onTestFinished, test } from 'vitest';
import { isAllowed } from '../src/audit/ask/allowed.ts';
import { openConnection } from '../src/audit/ask/connection.ts';
import { BARE_MARKERS } from '../src/audit/ask/version-bracket.ts';
import { DEFAULT_AUDIT_LIMITS } from '../src/audit/limits.ts';
import { commandName } from '../src/redis/interpret.ts';
import { audit } from './peers/hostile-audit.ts';
import { startHostile } from './peers/hostile-redis.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}

/** Written out once more on purpose: a command added to the list has to be added here by somebody who thought of it. */
const MAY_LEAVE = new Set(
  'acl|dryrun acl|list acl|log acl|whoami auth client|list client|no-touch client|setname cluster|nodes command|info command|list config|get exists function|list getrange hlen hscan info llen lrange memory|usage module|list ping quit readonly scan scard select slowlog|get sscan strlen type xlen xrange zcard zrange'.split(
    ' ',
  ),
);

const TAKES_A_KEY = new Set(
  'exists getrange hlen hscan llen lrange memory|usage scard sscan strlen type xlen xrange zcard zrange'.split(
    ' ',
  ),
);

async function commandTable(server: RealRedis): Promise<string[][]> {
  const table = (await server.client.call('COMMAND')) as unknown[][];
  return table.flatMap((entry) => {
    const subcommands = (entry[9] ?? []) as unknown[][];
    return [[String(entry[0])], ...subcommands.map((one) => String(one[0]).split('|'))];
  });
}

const SHAPES: readonly (readonly string[])[] = [
  [],
  ['x'],
  ['*'],
  ['0'],
  ['x', '0', '-1'],
  ['x', 'y'],
  ['x', 'y', 'z'],
  ['0', 'COUNT', '10'],
  ['x', '0', 'MATCH', '*', 'COUNT', '10'],
  ['requirepass'],
  ['masterauth'],
  ['default', 'shutdown'],
  ['WITHCODE'],
  ['RESET'],
  ['128'],
  ['129'],
  ['FILTERBY', 'MODULE', 'x'],
  ['FILTERBY', 'PATTERN', '*'],
  ['MASTER', 'x'],
];

describe('an audit is harmless', () => {
  test('of the whole command table of a real server nothing leaves but what is on the list', async () => {
    const server = await realRedis();
    const table = await commandTable(server);
    const peer = await startHostile({ answer: () => '+OK\r\n' });
    onTestFinished(() => peer.stop());
    const connection = await openConnection(
      { text: 'peer', host: '127.0.0.1', port: peer.port, tls: false },
      DEFAULT_AUDIT_LIMITS,
      {},
    );
    const refusals: string[] = [];

    for (const words of table) {
      for (const shape of SHAPES) {
        for (const name of [words, words.map((word) => word.toUpperCase())]) {
          await connection.ask([[...name, ...shape]]).catch((error: unknown) => refusals.push(String(error)));
        }
      }
    }
    await connection.close();

    expect(table.length).toBeGreaterThan(300);
    expect(refusals.length).toBeGreaterThan(table.length * 10);
    expect(refusals.filter((error) => !error.includes('the audit may not send'))).toEqual([]);
    const left = peer.commands.map(commandName);
    expect(left.filter(({ name }) => !MAY_LEAVE.has(name))).toEqual([]);
    // A word behind EXISTS and its kind is a key; behind the others it would be an option or a setting.
    const words = left.filter(({ name }) => !TAKES_A_KEY.has(name)).flatMap(({ args }) => args);
    expect(
      words.filter((word) => /requirepass|masterauth|WITHCODE|RESET|MATCH|shutdown|\*/i.test(word)),
    ).toEqual([]);
  });

  test('with all that an operator can ask for, only that leaves as well', async () => {
    const server = await realRedis();
    const table = await commandTable(server);
    const wishes = { optIns: { functionCode: true, bracket: true, probePorts: true }, sentinel: 'x' };
    const names = [...table, ['sentinel'], ['sentinel', 'master'], ['sentinel', 'failover']];
    const lines = names.flatMap((words) => SHAPES.map((shape) => [...words, ...shape]));

    const more = lines.filter((argv) => isAllowed(argv, wishes) && !isAllowed(argv, {}));

    const bare = more.filter((argv) => argv.length === 1).map(([name = '']) => name);
    expect(bare.filter((name) => !BARE_MARKERS.has(name))).toEqual([]);
    expect(bare.length).toBeGreaterThan(5);
    // The server itself says that none of them runs without an argument.
    const about = (await server.client.call('COMMAND', 'INFO', ...bare)) as (readonly [string, number])[];
    expect(about.filter(([, arity]) => arity === 1 || arity === -1)).toEqual([]);
    expect(more.filter((argv) => argv.length > 1)).toEqual([
      ['function', 'list', 'WITHCODE'],
      ['sentinel', 'MASTER', 'x'],
      ['sentinel', 'master', 'x'],
    ]);
  });

  test('a batch with one forbidden command sends none of it', async () => {
    const peer = await startHostile();
    onTestFinished(() => peer.stop());
    const connection = await openConnection(
      { text: 'peer', host: '127.0.0.1', port: peer.port, tls: false },
      DEFAULT_AUDIT_LIMITS,
      {},
    );

    await expect(connection.ask([['PING'], ['FLUSHALL'], ['PING']])).rejects.toThrow('may not send flushall');
    await connection.close();

    expect(peer.commands).toEqual([['QUIT']]);
  });

  test('a real server is the same before and after', async () => {
    const server = await realRedis('--enable-debug-command', 'yes', '--slowlog-log-slower-than', '20000');
    await fill(server);
    const state = async (): Promise<unknown[]> => [
      await server.client.dbsize(),
      await server.client.call('DEBUG', 'DIGEST'),
      await server.client.lastsave(),
      await server.client.config('GET', '*'),
      await server.client.call('SLOWLOG', 'LEN'),
      await server.client.call('ACL', 'LIST'),
      /rdb_changes_since_last_save:\d+/.exec(await server.client.info('persistence'))?.[0],
    ];
    const before = await state();

    const report = await audit(`127.0.0.1:${server.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.counts.valuesRead).toBe(7);
    expect(await state()).toEqual(before);
  });

  test('the commands it says it sent are those the server counted', async () => {
    const server = await realRedis();
    await fill(server);
    await server.client.config('RESETSTAT');

    const report = await audit(`127.0.0.1:${server.port}`);

    const statistics = await server.client.info('commandstats');
    const counted = [...statistics.matchAll(/cmdstat_([^:]+):calls=(\d+)/g)]
      .map(([, name, calls]) => `${name} ${calls}`)
      .filter((line) => line !== 'config|resetstat 1');
    const sent = Object.entries(report.commandsSent).map(([name, calls]) => `${name} ${calls}`);
    expect(counted.toSorted()).toEqual(sent.toSorted());
  });
});

async function fill({ client }: RealRedis): Promise<void> {
  await client.set('string', 'a'.repeat(10_000));
  await client.rpush('list', '1', '2', '3');
  await client.sadd('set', 'a', 'b');
  await client.hset('hash', 'field', 'value');
  await client.zadd('zset', 1, 'member');
  await client.xadd('stream', '*', 'field', 'value');
  await client.select(3);
  await client.set('elsewhere', 'value');
  await client.select(0);
}
