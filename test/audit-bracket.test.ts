import { describe, expect, onTestFinished, test } from 'vitest';
import { auditServer } from '../src/audit/audit-server.ts';
import { systemClock } from '../src/platform/clock.ts';
import { targetOf } from './peers/gathered.ts';
import { testKnowledge } from './peers/hostile-knowledge.ts';
import { startHostile } from './peers/hostile-redis.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { startReal } from './peers/real-servers.ts';

async function bracketed(port: number, bracket: boolean) {
  const target = targetOf(`127.0.0.1:${port}`, { optIns: { bracket } });
  return auditServer(target, testKnowledge(), { clock: systemClock });
}

describe('the release of a locked server', () => {
  test.for<[RealRelease, string]>([
    ['redis-6.0.16', 'Redis <6.2.'],
    ['redis-7.0.15', 'Redis >=7.0 <7.2.'],
    ['redis-8.0.2', 'Redis >=8.0 <8.2.'],
    ['valkey-8.1.1', 'Valkey >=8.1 <9.0.'],
  ])('%s is told by the commands it knows: %s', async ([release, text]) => {
    const server = await startReal(release, '--requirepass', 'the-right-one');
    onTestFinished(() => server.stop());
    await server.client.set('key', 'value');

    const report = await bracketed(server.port, true);

    expect(report.outcome).toBe('auth-required');
    expect(report.message).toContain(`By the commands it knows it is ${text}`);
    expect(`${report.server?.engine} ${report.server?.version}.`).toBe(text.toLowerCase());
    expect(report.axes.vulnerable.answer).toBe('not-visible');
    expect(await server.client.dbsize()).toBe(1);
    expect(await server.client.call('ACL', 'LOG')).toEqual([]);
    const statistics = await server.client.info('commandstats');
    // Rejected before they ran.
    expect(statistics).not.toMatch(/cmdstat_(eval|getdel|replicaof|module|lcs|waitaof|hexpire):calls=[1-9]/);
  });

  test('tells what was renamed', async () => {
    const server = await startReal('redis-7.0.15', '--requirepass', 'pw', '--rename-command', 'CONFIG', 'x1');
    onTestFinished(() => server.stop());

    const report = await bracketed(server.port, true);

    expect(report.message).toContain('renamed or removed: CONFIG.');
  });

  test('stays hidden where everything is answered alike', async () => {
    const peer = await startHostile({ answer: () => '-NOAUTH Authentication required.\r\n' });
    onTestFinished(() => peer.stop());

    const report = await bracketed(peer.port, true);

    expect(report.message).toContain('its release stays hidden');
  });

  test('is not asked for unless the operator wants it', async () => {
    const peer = await startHostile({ answer: () => '-NOAUTH Authentication required.\r\n' });
    onTestFinished(() => peer.stop());

    const report = await bracketed(peer.port, false);

    expect(report.message).not.toContain('release');
    expect(peer.commands).toEqual([['PING'], ['QUIT']]);
  });
});
