import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditReport } from '../src/model/audit-report.ts';
import { temporaryData } from './peers/data-folder.ts';
import { startRedis } from './peers/redis-server.ts';
import { sundew } from './peers/sundew.ts';

describe('sundew audit', () => {
  test('asks for an authorisation before it looks outside of private networks, and sends nothing to anyone until then', async () => {
    let connections = 0;
    const own = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', () => resolve()));
    onTestFinished(() => void own.close());
    const { port } = own.address() as AddressInfo;

    const { code, err, out } = await sundew(
      ['audit', `redis://127.0.0.1:${port}`, 'redis://203.0.113.1:6379'],
      temporaryData(),
    );

    expect(code).toBe(3);
    expect(err).toContain('redis://203.0.113.1:6379');
    expect(err).toContain('--authorization FILE');
    expect(err).toContain('--print-authorization 203.0.113.1 ');
    expect(out).toBe('');
    expect(connections).toBe(0);
  });

  test.for([
    [['audit'], 'nothing to audit'],
    [['audit', 'http://127.0.0.1:80'], "'http' is no scheme"],
    [['audit', '--targets', '/nonexistent/list'], '/nonexistent/list'],
    [['audit', '127.0.0.1:1', '--fail-on', 'terrible'], 'terrible'],
  ] as const)('refuses %j with a reason', async ([words, reason]) => {
    const { code, err } = await sundew(words, temporaryData());

    expect(code).toBe(2);
    expect(err).toContain(reason);
  });

  test('ends with 4 when a server could not be looked at, and still tells of the others', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());

    const { code, out } = await sundew(
      ['audit', `127.0.0.1:${server.port}`, '127.0.0.1:1', '--json', '--fail-on', 'critical'],
      temporaryData(),
    );

    const reports = JSON.parse(out) as AuditReport[];
    expect(code).toBe(4);
    expect(reports.map(({ outcome }) => outcome).toSorted()).toEqual(['audited', 'refused']);
  });

  test('ends with 0 on a clean server, with 1 when a finding is as bad as --fail-on', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    const target = `127.0.0.1:${server.port}`;

    const clean = await sundew(['audit', target], temporaryData());
    const strict = await sundew(['audit', target, '--fail-on', 'info'], temporaryData());

    expect(clean.code).toBe(0);
    expect(clean.out).toMatch(/infected\s+no/);
    expect(strict.code).toBe(1);
  });

  test('never shows the password it was given', async () => {
    const password = 'S3cret-of-the-test';
    const server = await startRedis('--requirepass', password);
    onTestFinished(() => server.stop());
    const data = temporaryData();

    const target = `redis://:${password}@127.0.0.1:${server.port}`;
    const shown = await sundew(['audit', target], data);
    const json = await sundew(['audit', target, '--json'], data);
    const study = await sundew(['study', target, '--out', join(data.SUNDEW_DATA, 'out.ndjson')], data);

    for (const { out, err } of [shown, json, study]) expect(out + err).not.toContain(password);
    expect(shown.out).toMatch(/infected\s+no/);
  });
});
