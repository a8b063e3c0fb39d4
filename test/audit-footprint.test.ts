import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditReport } from '../src/model/audit-report.ts';
import { audit } from './peers/hostile-audit.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

type Release = keyof typeof RELEASES;
const ALL = Object.keys(RELEASES) as Release[];

async function filled(release: Release, ...settings: string[]): Promise<RealRedis> {
  const server = await startReal(release, ...settings);
  onTestFinished(() => server.stop());
  const { client } = server;
  await client.set('string', 'a'.repeat(10_000));
  await client.rpush('list', ...Array.from({ length: 30 }, (_, at) => `item-${at}`));
  await client.sadd('set', 'a', 'b');
  await client.hset('hash', 'field', 'value');
  await client.zadd('zset', 1, 'member');
  await client.xadd('stream', '*', 'field', 'value');
  await client.set('backup1', 'x');
  await client.select(3);
  await client.set('elsewhere', 'value');
  await client.select(0);
  return server;
}

function movedBy(report: AuditReport): Record<string, { moved: number; ours: number }> {
  return Object.fromEntries(
    (report.footprint?.counters ?? []).map(({ name, before, after, ours }) => [
      name,
      { moved: after - before, ours },
    ]),
  );
}

describe.for(ALL)('the footprint on %s', (release) => {
  test('is exactly what was sent, where nobody else is there', async () => {
    const server = await filled(release);

    const report = await audit(`127.0.0.1:${server.port}`);

    const moved = movedBy(report);
    expect(report.outcome).toBe('audited');
    expect(Object.keys(moved)).toEqual(
      expect.arrayContaining([
        'keyspace_hits',
        'keyspace_misses',
        'total_commands_processed',
        'cmdstat_type',
      ]),
    );
    expect(Object.entries(moved).filter(([, { moved: by, ours }]) => by !== ours)).toEqual([]);
    expect(report.footprint?.dataUnchanged).toBe(true);
    expect(report.footprint?.bytesSent).toBeGreaterThan(1_000);
    expect(report.footprint?.bytesReceived).toBeGreaterThan(1_000);
  });

  test('leaves others in the counters that others move', async () => {
    const server = await filled(release);
    const still = { busy: true };
    const busy = (async (): Promise<void> => {
      while (still.busy) await server.client.set('theirs', 'x');
    })();

    const report = await audit(`127.0.0.1:${server.port}`);
    still.busy = false;
    await busy;

    const set = (report.footprint?.counters ?? []).find(({ name }) => name === 'cmdstat_set');
    expect(set?.ours).toBe(0);
    expect(set?.after).toBeGreaterThan(set?.before ?? 0);
    expect(report.footprint?.dataUnchanged).toBe(false);
  });

  test.for([
    ['allkeys-lfu', 'FREQ', 50],
    ['volatile-lru', 'IDLETIME', 5_000],
  ] as const)('has no key look used where %s decides what goes', async ([policy, what, mark]) => {
    const server = await filled(
      release,
      '--maxmemory',
      '100mb',
      '--maxmemory-policy',
      policy,
      '--lfu-decay-time',
      '0',
      '--lfu-log-factor',
      '0',
    );
    const { client } = server;
    for (const key of ['string', 'list', 'set', 'hash', 'zset', 'stream', 'backup1']) {
      const dump = await client.dumpBuffer(key);
      await client.call('RESTORE', key, '0', dump, 'REPLACE', what, String(mark));
    }
    const state = async (): Promise<unknown> => [
      await client.dbsize(),
      await client.lastsave(),
      /rdb_changes_since_last_save:\d+/.exec(await client.info('persistence'))?.[0],
    ];
    const before = await state();

    const report = await audit(`127.0.0.1:${server.port}`);

    const marks = await Promise.all(
      ['string', 'list', 'set', 'hash', 'zset', 'stream', 'backup1'].map((key) =>
        client.call('OBJECT', what, key),
      ),
    );
    expect(await state()).toEqual(before);
    expect(marks.every((now) => (what === 'FREQ' ? now === mark : Number(now) >= mark))).toBe(true);
    // Since 7.2 values can be read without a trace; before, they are left alone, and that is said.
    const old = release === 'redis-6.0.16' || release === 'redis-7.0.15';
    expect(report.counts.valuesRead).toBe(old ? 0 : 8);
    expect(report.notTested.some((line) => line.startsWith('values: it evicts by'))).toBe(old);
  });
});

test('what may be touched is read, when the operator says so', async () => {
  const server = await filled('redis-7.0.15', '--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lfu');

  const report = await audit(`127.0.0.1:${server.port}`, { limits: { touch: true } });

  expect(report.counts.valuesRead).toBe(8);
});
