import { describe, expect, onTestFinished, test } from 'vitest';
import type { FactPart, ServerFacts } from '../src/audit/server-facts.ts';
import { AuditDepth } from '../src/model/audit-report.ts';
import { bulk } from '../src/wire/resp-reply.ts';
import { gathered, targetOf } from './peers/gathered.ts';
import { healthy, INFO_TEXT, startHostile } from './peers/hostile-redis.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

const releases = Object.keys(RELEASES) as RealRelease[];
const PARTS: readonly FactPart[] = [
  'info',
  'settings',
  'users',
  'modules',
  'libraries',
  'commands',
  'permitted',
  'slowCalls',
  'deniedCalls',
  'clients',
  'tls',
  'otherPorts',
];

async function real(release: RealRelease, ...settings: string[]): Promise<RealRedis> {
  const server = await startReal(release, ...settings);
  onTestFinished(() => server.stop());
  return server;
}

/** Parts that are undefined and say nothing of why. */
function unexplained(facts: ServerFacts): FactPart[] {
  return PARTS.filter((part) => facts[part as keyof ServerFacts] === undefined && !facts.hidden.has(part));
}

const since = (release: RealRelease, version: string): boolean => release.split('-')[1]! >= version;

describe('what an audit learns of the setup', () => {
  test.for(releases)('of %s is every part the release has', async (release) => {
    const server = await real(release, '--slowlog-log-slower-than', '0');
    await server.client.set('seen', 'in the slow log');
    await server.client.call('AUTH', 'nobody', 'wrong').catch(() => undefined);
    await server.client.client('SETNAME', 'the-operator');

    const { facts } = await gathered(targetOf(`127.0.0.1:${server.port}`));

    expect(unexplained(facts)).toEqual([]);
    expect(facts.refused).toEqual([]);
    expect(facts.settings?.get('dbfilename')).toBe('dump.rdb');
    expect(facts.settings?.size).toBeGreaterThan(30);
    expect(facts.users?.map(({ name, nopass }) => [name, nopass])).toEqual([['default', true]]);
    expect(facts.slowCalls?.map(({ argv }) => argv)).toContainEqual(['set', 'seen', 'in the slow log']);
    expect(facts.deniedCalls).toMatchObject([
      { reason: 'auth', user: 'nobody', count: 1, client: expect.stringMatching(/^127\.0\.0\.1:/) as string },
    ]);
    expect(facts.clients?.map(({ name, self }) => [name, self])).toEqual(
      expect.arrayContaining([
        ['the-operator', false],
        ['sundew-audit', true],
      ]),
    );
    expect(facts.libraries === undefined).toBe(!since(release, '7'));
    expect(facts.permitted === undefined).toBe(!since(release, '7'));
    expect(facts.hidden.get('permitted')).toBe(
      since(release, '7') ? undefined : 'this release has no ACL DRYRUN',
    );
  });

  test.for(releases)('of %s is asked in few commands, and none of them is slow', async (release) => {
    const server = await real(release, '--slowlog-log-slower-than', '1000');
    for (let at = 0; at < 50; at++)
      await server.client.call('ACL', 'SETUSER', `user${at}`, 'on', '~a:*', '+get');
    let slow: unknown = 0;
    let questions = 0;

    // A machine under load interrupts the server as well: one quiet run in three tells.
    for (let run = 0; run < 3; run++) {
      await server.client.call('SLOWLOG', 'RESET');
      const { sent } = await gathered(targetOf(`127.0.0.1:${server.port}`));
      slow = await server.client.call('SLOWLOG', 'LEN');
      questions = [...sent.values()].reduce((sum, count) => sum + count, 0);
      if (slow === 0) break;
    }

    expect(slow).toBe(0);
    expect(questions).toBeLessThan(since(release, '7') ? 40 : 70);
  });

  test.for(AuditDepth.options)('at depth %s says why what was not asked is hidden', async (depth) => {
    const server = await real('redis-7.0.15');

    const { facts } = await gathered(targetOf(`127.0.0.1:${server.port}`), depth);

    expect(unexplained(facts)).toEqual([]);
  });

  test('takes a PING at depth L0, and three commands more at L1', async () => {
    const server = await real('redis-7.0.15');
    const target = targetOf(`127.0.0.1:${server.port}`);

    const { sent: bare } = await gathered(target, 'L0');
    const { facts, sent } = await gathered(target, 'L1');

    expect([...bare.keys()]).toEqual(['ping', 'quit']);
    expect([...sent.keys()]).toEqual(['ping', 'client|setname', 'info', 'acl|whoami', 'quit']);
    expect(facts.hidden.get('settings')).toBe('not asked at depth L1');
  });

  test('at depth L1 comes in one answer behind the greeting', async () => {
    let held = '';
    const peer = await startHostile({
      answer: (argv) => {
        if (argv[0] === 'PING' || argv[0] === 'QUIT') return healthy(argv);
        held += healthy(argv);
        // Nothing is answered before all of it was asked.
        return argv[0] === 'ACL' ? held : undefined;
      },
    });
    onTestFinished(() => peer.stop());

    const { facts } = await gathered(targetOf(`127.0.0.1:${peer.port}`), 'L1');

    expect(facts.engine?.version).toBe('7.4.11');
    expect(facts.user).toBe('default');
  });

  test.for(['redis-7.0.15', 'redis-8.0.2', 'valkey-8.1.1'] as const)(
    'of %s leaves no entry in ACL LOG where DRYRUN tells what is denied',
    async (release) => {
      const server = await real(release);
      await server.client.call(
        'ACL',
        ...'SETUSER half on >pw ~* -@all +info +ping +client|setname +acl|whoami'.split(' '),
        ...'+acl|dryrun +module|list +quit'.split(' '),
      );

      const { facts, sent } = await gathered(targetOf(`redis://half:pw@127.0.0.1:${server.port}`));

      expect(await server.client.call('ACL', 'LOG')).toEqual([]);
      expect(sent.has('config|get')).toBe(false);
      expect(facts.modules).toBeDefined();
      expect(facts.settings).toBeUndefined();
      expect(facts.hidden.get('settings')).toMatch(/no permissions to run the 'config\|get' command/);
      expect(facts.refused.join()).toContain('CONFIG GET (');
      expect(unexplained(facts)).toEqual([]);
    },
  );

  test.for(['redis-6.0.16', 'redis-7.0.15'] as const)(
    'of %s says in its words what it refused to a user who may do nothing',
    async (release) => {
      const server = await real(release);
      await server.client.call('ACL', 'SETUSER', 'nobody', 'on', '>pw', '-@all', '+ping');

      const { facts } = await gathered(targetOf(`redis://nobody:pw@127.0.0.1:${server.port}`));

      expect(facts.hidden.get('info')).toMatch(/^NOPERM/);
      expect(facts.hidden.get('settings')).toMatch(/^NOPERM/);
      expect(unexplained(facts)).toEqual([]);
    },
  );

  test('holds the code of functions where the operator asked for it, and only there', async () => {
    const server = await real('redis-7.0.15');
    await server.client.call(
      'FUNCTION',
      'LOAD',
      "#!lua name=library1\nredis.register_function('f', function() return 1 end)",
    );
    const text = `127.0.0.1:${server.port}`;

    const { facts: plain } = await gathered(targetOf(text));
    const { facts: asked } = await gathered(targetOf(text, { optIns: { functionCode: true } }));

    expect(plain.libraries).toEqual([{ name: 'library1' }]);
    expect(plain.hidden.get('code')).toContain('--function-code');
    expect(asked.libraries).toEqual([
      { name: 'library1', code: expect.stringContaining('register_function') as string },
    ]);
    expect(asked.hidden.has('code')).toBe(false);
  });

  test('counts common passwords by their hashes', async () => {
    const server = await real('redis-8.0.2');
    await server.client.call(
      'ACL',
      'SETUSER',
      'ann',
      'on',
      '>redis123',
      '>Wm7-long-and-random',
      '~*',
      '+get',
    );

    const { facts } = await gathered(targetOf(`127.0.0.1:${server.port}`));

    expect(facts.users?.find(({ name }) => name === 'ann')).toMatchObject({ passwords: 2, weakPasswords: 1 });
  });

  test('names the replica that could have been asked instead', async () => {
    const primary = await real('redis-7.0.15', '--repl-diskless-sync-delay', '0');
    const replica = await real('redis-7.0.15');
    await replica.client.replicaof('127.0.0.1', primary.port);
    await expect
      .poll(async () => primary.client.info('replication'), { timeout: 10_000 })
      .toContain('state=online');

    const { facts } = await gathered(targetOf(`127.0.0.1:${primary.port}`));

    expect(facts.remarks?.join()).toContain(`sundew audit redis://127.0.0.1:${replica.port}`);
  });

  test('knows what commands a module brought', async () => {
    const peer = await startHostile({
      answer: (argv) => {
        const words = argv.join(' ');
        if (words === 'MODULE LIST')
          return `*1\r\n*4\r\n${bulk('name')}${bulk('system')}${bulk('ver')}:1\r\n`;
        if (words === 'COMMAND LIST FILTERBY MODULE system') return `*1\r\n${bulk('System.Exec')}`;
        return healthy(argv);
      },
    });
    onTestFinished(() => peer.stop());

    const { facts } = await gathered(targetOf(`127.0.0.1:${peer.port}`));

    expect(facts.modules).toEqual([
      { name: 'system', version: 1, path: undefined, commands: ['system.exec'] },
    ]);
  });

  test.for([
    ['redis_version:3.2.12', ['module|list', 'acl|list', 'acl|dryrun', 'function|list', 'client|no-touch']],
    ['redis_version:5.0.14', ['acl|list', 'acl|dryrun', 'function|list', 'client|no-touch']],
    ['redis_version:6.2.14', ['acl|dryrun', 'function|list', 'client|no-touch']],
    ['redis_version:7.0.0\r\nkvrocks_version:2.9.0', ['client|no-touch']],
    ['redis_version:7.4.0\r\ndragonfly_version:df-v1.27.1', []],
    ['redis_version:255.255.255', []],
  ] as const)('of %j is asked as that release takes it', async ([version, unasked]) => {
    const peer = await startHostile({
      answer: (argv) =>
        argv[0] === 'INFO' ? bulk(INFO_TEXT.replace('redis_version:7.4.11', version)) : healthy(argv),
    });
    onTestFinished(() => peer.stop());

    const { facts, sent } = await gathered(targetOf(`127.0.0.1:${peer.port}`));

    const all = ['module|list', 'acl|list', 'acl|dryrun', 'function|list', 'client|no-touch'];
    expect(all.filter((name) => !sent.has(name))).toEqual(unasked);
    expect(sent.has('slowlog|get')).toBe(true);
    expect(unexplained(facts)).toEqual([]);
  });

  test('does not ask a crowded server for its clients', async () => {
    const peer = await startHostile({
      answer: (argv) =>
        argv[0] === 'INFO' ? bulk(`${INFO_TEXT}\r\nconnected_clients:9000\r\n`) : healthy(argv),
    });
    onTestFinished(() => peer.stop());

    const { facts, sent } = await gathered(targetOf(`127.0.0.1:${peer.port}`));

    expect(sent.has('client|list')).toBe(false);
    expect(facts.hidden.get('clients')).toContain('with 9000 clients');
  });

  test.for([
    ['nothing but OK', '+OK\r\n'],
    ['numbers', ':1\r\n'],
    ['nulls', '$-1\r\n'],
    ['empty arrays', '*0\r\n'],
    ['arrays of arrays', '*2\r\n*1\r\n*1\r\n:1\r\n*0\r\n'],
    ['errors', '-ERR what?\r\n'],
    ['maps', '%1\r\n+name\r\n*1\r\n#t\r\n'],
  ] as const)('of a server that answers %s is nothing made up, and explained', async ([, answer]) => {
    const peer = await startHostile({
      answer: (argv) => (['PING', 'INFO'].includes(argv[0] ?? '') ? healthy(argv) : answer),
    });
    onTestFinished(() => peer.stop());

    const { facts } = await gathered(targetOf(`127.0.0.1:${peer.port}`));

    expect(unexplained(facts)).toEqual([]);
    expect(facts.users ?? []).toEqual([]);
    expect(facts.slowCalls ?? []).toEqual([]);
    expect(facts.deniedCalls ?? []).toEqual([]);
  });
});
