import { describe, expect, onTestFinished, test } from 'vitest';
import { leastPrivilegeRules } from '../src/audit/ask/audit-account.ts';
import { DEFAULT_AUDIT_LIMITS } from '../src/audit/limits.ts';
import { parseVersion } from '../src/audit/vulnerable/server-version.ts';
import { auditAccountFor } from '../src/cli/audit/print-acl.ts';
import { bulk } from '../src/wire/resp-reply.ts';
import { targetOf } from './peers/gathered.ts';
import { audit } from './peers/hostile-audit.ts';
import { healthy, startHostile } from './peers/hostile-redis.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

async function real(release: RealRelease): Promise<RealRedis> {
  const server = await startReal(release);
  onTestFinished(() => server.stop());
  return server;
}

const DENIED = [
  ['SET', 'k', 'v'],
  ['DEL', 'string'],
  ['FLUSHALL'],
  ['CONFIG', 'SET', 'maxmemory', '1'],
  ['CONFIG', 'RESETSTAT'],
  ['EVAL', 'return 1', '0'],
  ['REPLICAOF', 'NO', 'ONE'],
  ['BGSAVE'],
  ['ACL', 'SETUSER', 'x'],
  ['ACL', 'SAVE'],
  ['SLOWLOG', 'RESET'],
  ['CLIENT', 'KILL', 'TYPE', 'normal'],
  ['KEYS', '*'],
  ['PUBLISH', 'c', 'm'],
];

describe('the account of an audit', () => {
  test.for(Object.keys(RELEASES) as RealRelease[])(
    'of %s sees everything and changes nothing',
    async (release) => {
      const server = await real(release);
      await server.client.set('string', 'value');
      await server.client.rpush('list', 'a');
      await server.client.xadd('stream', '*', 'field', 'value');
      const rules = leastPrivilegeRules(parseVersion(release.split('-')[1] ?? ''), '>pw') ?? [];
      await server.client.call('ACL', 'SETUSER', 'sundew', ...rules);

      const all = await audit(`127.0.0.1:${server.port}`);
      const report = await audit(`redis://sundew:pw@127.0.0.1:${server.port}`);

      expect(report.outcome).toBe('audited');
      expect(report.counts.valuesRead).toBe(3);
      expect(report.notTested.filter((line) => /refused|NOPERM|permission/.test(line))).toEqual([]);
      expect(report.checks.filter(({ result }) => result === 'not-tested').map(({ id }) => id)).toEqual(
        all.checks.filter(({ result }) => result === 'not-tested').map(({ id }) => id),
      );
      // A release from before 7.0 cannot be asked beforehand; here nothing was denied that was asked.
      expect(await server.client.call('ACL', 'LOG')).toEqual([]);

      const client = server.client.duplicate({ username: 'sundew', password: 'pw', maxRetriesPerRequest: 0 });
      onTestFinished(() => client.disconnect());
      client.on('error', () => undefined);
      for (const [name = '', ...args] of DENIED) {
        await expect(client.call(name, ...args)).rejects.toThrow(`run the '${name.toLowerCase()}`);
      }
    },
  );

  test.for(Object.keys(RELEASES) as RealRelease[])('is printed as %s takes it', async (release) => {
    const server = await real(release);

    const { line, howTo } = await auditAccountFor(targetOf(`127.0.0.1:${server.port}`), {
      limits: DEFAULT_AUDIT_LIMITS,
    });
    const [name = '', ...args] = line.split(' ');

    expect(await server.client.call(name, ...args)).toBe('OK');
    expect(howTo.join('\n')).toContain(`redis-cli -h 127.0.0.1 -p ${server.port}`);
  });

  test('does not exist before Redis 6, and that is said', async () => {
    const peer = await startHostile({
      answer: (argv) =>
        argv[0] === 'INFO' ? bulk('redis_version:5.0.14\r\nredis_mode:standalone\r\n') : healthy(argv),
    });
    onTestFinished(() => peer.stop());

    const asked = auditAccountFor(targetOf(`127.0.0.1:${peer.port}`), { limits: DEFAULT_AUDIT_LIMITS });

    await expect(asked).rejects.toThrow(/before Redis 6 there are no users/);
  });
});
