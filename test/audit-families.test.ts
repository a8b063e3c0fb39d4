import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditKnowledge } from '../src/audit/audit-server.ts';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { packagedText } from '../src/platform/files.ts';
import { FAMILIES } from './attacks/families.ts';
import { AS_REPORTED, variantOf } from './attacks/variant.ts';
import { audit } from './peers/hostile-audit.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

/** The shipped rules and campaigns, and no sensor: what a first run of the audit knows. */
const shipped = loadKnowledge();
const knowledge: AuditKnowledge = {
  rules: createRuleMatcher(shipped.rules),
  campaigns: shipped.campaigns,
  learnt: createLearntIndex([]),
  vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
};

const releases = Object.keys(RELEASES).filter((name): name is RealRelease => name in RELEASES);
const servers = new Map<RealRelease, RealRedis>();
/** Where the old release writes: folders with the names of those that attacks write to, below one of our own. */
const root = mkdtempSync(join(tmpdir(), 'sundew-victim-'));

beforeAll(async () => {
  for (const folder of ['data', 'var/spool/cron', 'etc/cron.d', 'root/.ssh', 'tmp'])
    mkdirSync(join(root, folder), { recursive: true });
  await Promise.all(
    releases.map(async (release) => {
      servers.set(release, await startReal(release, '--dir', join(root, 'data')));
    }),
  );
}, 60_000);
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  rmSync(root, { recursive: true, force: true });
});

/** The server as it was before anybody came; what the test itself does to it is forgotten. */
async function fresh(release: RealRelease): Promise<RealRedis> {
  const server = servers.get(release);
  if (server === undefined) throw new Error(`${release} did not start`);
  const { client } = server;
  const quiet = (...argv: [string, ...string[]]): Promise<unknown> =>
    client.call(...argv).catch(() => undefined);
  await quiet('REPLICAOF', 'NO', 'ONE');
  await quiet('FLUSHALL');
  for (const [name, value] of [
    ['dir', join(root, 'data')],
    ['dbfilename', 'dump.rdb'],
    ['rdbcompression', 'yes'],
    ['stop-writes-on-bgsave-error', 'yes'],
    ['protected-mode', 'yes'],
    ['replica-read-only', 'yes'],
    ['aof-rewrite-incremental-fsync', 'yes'],
    ['rdb-save-incremental-fsync', 'yes'],
    ['slowlog-log-slower-than', '0'],
  ] as const)
    await quiet('CONFIG', 'SET', name, value);
  await quiet('ACL', 'LOG', 'RESET');
  await quiet('CONFIG', 'RESETSTAT');
  await quiet('SLOWLOG', 'RESET');
  return server;
}

async function attacked(
  release: RealRelease,
  family: string,
  seed: number | undefined,
): Promise<AuditReport> {
  const server = await fresh(release);
  // A log of all commands would find everything; only families that leave nothing else have it.
  const attack = FAMILIES[family];
  if (attack === undefined) throw new Error(`no family ${family}`);
  if (attack.logged !== true) await server.client.config('SET', 'slowlog-log-slower-than', '10000');
  await server.client.call('SLOWLOG', 'RESET');
  await server.client.config('RESETSTAT');
  const names = seed === undefined ? AS_REPORTED : variantOf(seed);
  for (const argv of attack.commands({ ...names, root }))
    await server.client.call(...argv).catch(() => undefined);
  return audit(`127.0.0.1:${server.port}`, { knowledge });
}

const families = Object.keys(FAMILIES);
const cases = families.flatMap((family, at) =>
  releases.flatMap((release, nth): [string, RealRelease, number | undefined][] =>
    release === 'redis-7.0.15'
      ? [
          [family, release, undefined],
          [family, release, at * 7 + 1],
        ]
      : // Of the others, each family meets its reported form on one and variants on the rest.
        [[family, release, (at + nth) % 3 === 0 ? undefined : at * 31 + nth]],
  ),
);

describe('families over the wire', () => {
  test.for(cases)('%s on %s (variant %s): infected, with its ground', async ([family, release, seed]) => {
    const report = await attacked(release, family, seed);

    expect(report.axes.infected).toMatchObject({ answer: 'yes' });
    expect(['attacked', 'tampered', 'executed']).toContain(report.rung);
    expect(report.axes.infected.because.length).toBeGreaterThan(30);
  });

  const named = families.flatMap((family) => {
    const campaign = FAMILIES[family]?.campaign;
    return campaign === undefined ? [] : [[family, campaign] as const];
  });
  test.for(named)('%s names the campaign %s, with its reasons', async ([family, campaign]) => {
    const report = await attacked('redis-7.0.15', family, undefined);

    expect(report.campaigns.find(({ id }) => id === campaign)?.because).toMatch(/.{10}/);
  });

  test.for(releases)(
    'on %s a worm that puts everything back is told by its counters alone',
    async (release) => {
      const server = await fresh(release);
      await server.client.config('SET', 'slowlog-log-slower-than', '-1');
      await server.client.call('SLOWLOG', 'RESET');
      await server.client.config('RESETSTAT');
      for (const argv of FAMILIES['p2pinfect, settings put back']?.commands({ ...variantOf(5), root }) ?? [])
        await server.client.call(...argv).catch(() => undefined);

      const report = await audit(`127.0.0.1:${server.port}`, { knowledge });

      expect(report.findings.map(({ rule }) => rule)).toContain('audit.infected.takeover');
      // Before 7.0 CONFIG and MODULE are counted without their subcommands: a reason to look, no proof.
      expect(report.axes.infected.answer).toBe(release === 'redis-6.0.16' ? 'no' : 'yes');
    },
  );
});
